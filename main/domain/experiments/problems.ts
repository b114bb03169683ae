import { experiment, type FieldProblem } from '../../../contract'

/** Every field of an experiment that is wrong, in words for who filled it in; empty where it is right. */
export function problemsOf(given: unknown): FieldProblem[] {
  const parsed = experiment.safeParse(given)
  if (parsed.success) return []
  return parsed.error.issues.map((issue) => ({ field: issue.path.join('.') || 'experiment', message: plain(issue) }))
}

type Issue = NonNullable<ReturnType<typeof experiment.safeParse>['error']>['issues'][number]

function plain(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin === 'string') return 'Write something here.'
      if (issue.origin === 'array') return 'Give at least one.'
      return issue.inclusive ? `Must be at least ${issue.minimum}.` : `Must be more than ${issue.minimum}.`
    case 'too_big':
      return issue.origin === 'string' ? `At most ${issue.maximum} characters.` : `Must be at most ${issue.maximum}.`
    case 'invalid_type':
      return issue.expected === 'int' ? 'Must be a whole number.' : 'Must be a number.'
    case 'invalid_format':
      return 'Only small letters, digits and hyphens, beginning with a letter or digit.'
    default:
      return issue.message
  }
}
