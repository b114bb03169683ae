/**
 * What the window may load: its own files, film pixels from app://film, and pictures it makes itself. Inline style is
 * allowed because Vuetify writes its theme as a <style> element; script is not, in any form.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: app:",
  "font-src 'self'",
  "connect-src 'self' app:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
