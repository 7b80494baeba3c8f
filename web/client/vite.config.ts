import { defineConfig } from 'vite';

// throngd serves dist/ at `/` under a policy of 'self' only: relative names, hashed assets, nothing inlined.
export default defineConfig({
  base: './',
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: {
      '/matchmake': 'http://127.0.0.1:2567',
      '/maps': 'http://127.0.0.1:2567',
    },
  },
});
