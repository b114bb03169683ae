/** Style sheets are imported for their effect alone; Vite bundles them. */
declare module '*.css'
