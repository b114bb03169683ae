import '@fontsource/inter/latin-400.css'
import '@fontsource/inter/latin-500.css'
import '@fontsource/inter/latin-600.css'
import 'vuetify/styles/core'
import './theme/tokens.css'
import './theme/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import Root from './Root.vue'
import { vuetify } from './theme'

createApp(Root).use(createPinia()).use(vuetify).mount('#app')
