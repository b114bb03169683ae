import { createVuetify } from 'vuetify'
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg'

/**
 * Vuetify without its own theme: it would write a <style> element at run time, which the content security policy
 * (style-src 'self') refuses. The same variables stand in tokens.css.
 */
export const vuetify = createVuetify({
  theme: false,
  icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
  defaults: {
    global: { ripple: false },
    VBtn: { variant: 'text', density: 'comfortable', rounded: 'md' },
    VTextField: { variant: 'outlined', density: 'compact', hideDetails: 'auto' },
    VTextarea: { variant: 'outlined', density: 'compact', hideDetails: 'auto' },
    VSelect: { variant: 'outlined', density: 'compact', hideDetails: 'auto' },
    VSwitch: { density: 'compact', hideDetails: 'auto', color: 'primary', inset: true },
    // A width in the style sheet alone is overruled by the one that the overlay sets on its own.
    VTooltip: { openDelay: 350, location: 'bottom', maxWidth: 340 },
    VDialog: { maxWidth: 720 },
    VProgressLinear: { color: 'primary', rounded: true },
  },
})
