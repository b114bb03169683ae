import '@fontsource/inter/latin-400.css'
import '@fontsource/inter/latin-500.css'
import '@fontsource/inter/latin-600.css'
import 'vuetify/styles/core'
import './theme/tokens.css'
import './theme/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import Root from './Root.vue'
import { useNotices } from './stores/notices'
import FilmWindowView from './views/FilmWindowView.vue'
import { vuetify } from './theme'

/** The same page in both windows; electron/main.ts tells the film's own one what it is. */
const alone = new URLSearchParams(location.search).get('window') === 'film'

const app = createApp(alone ? FilmWindowView : Root)
  .use(createPinia())
  .use(vuetify)
/** What nobody caught is told; where it was thrown stands in the console. */
const tell = (error: unknown): void => {
  console.error(error)
  useNotices().fail(error)
}
app.config.errorHandler = tell
window.addEventListener('unhandledrejection', ({ reason }) => tell(reason))
app.mount('#app')
