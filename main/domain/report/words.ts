/** Texts of the report that are the same for every case, in a clinician's words. */

export const HOW_TO_READ: readonly string[] = [
  'The simplified picture is the simplest picture found that the classifier still processes like the film. What has vanished from it was not needed for this decision; what is left may have been.',
  'Bits measure how surprising a picture is to a model of chest radiographs: usual anatomy costs little, markers, cables, text and unusual findings cost much. Fewer bits: a simpler picture.',
  'Even an empty grey picture costs bits. “Information above a flat picture” takes that share off: 100 % is the film, 0 % is plain grey.',
  'The bit map spreads the bits over the picture. All maps of a report share one colour scale, so equal colours mean equal bits per pixel.',
  'A blur or a strong JPEG of the same bits may keep a decision too. The matching distance tells whether the classifier still works in the same way on it: 0 is the same, larger is less alike.',
]

export const LIMITS: readonly string[] = [
  'This explains a classifier, not a patient. It cannot show that the classifier is right, and a picture in which a finding is still visible is no evidence that the finding is there.',
  'Neighbouring pixels share bits in the model: a bright spot of the map is where the cost is booked, not proof that the decision came from there.',
  'The classifier sees 128 × 128 pixels. Fine detail (small nodules, a thin pleural line, small devices) is gone before it decides.',
  'The search weakens detail of the film, scale by scale and place by place, and draws on nothing else; edges and shades can look otherwise for it. It may stop short: another simple picture may exist. The certificate says how far this one was tested.',
  'Report labels were mined from report texts by software and are sometimes wrong.',
  'Text burned into the film itself is part of the picture and is not removed by the pseudonym.',
]
