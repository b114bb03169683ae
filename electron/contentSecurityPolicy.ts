/**
 * What the window may load: its own files, film pixels from app://film, and pictures it makes itself. No inline script
 * and no inline style: the window's theme is a style sheet, and what moves is set through the DOM.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self' app:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
