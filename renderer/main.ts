import { mount } from 'svelte';
import App from './App.svelte';
import { windowBridge } from './lib/bridge.ts';
import { createSession } from './state/session.ts';
import { tellWhetherSeen } from './state/tell-seen.ts';
import './styles/index.css';

const target = document.getElementById('app');
const bridge = windowBridge();

if (target && bridge) {
  const session = createSession({ bridge, shelf: window.localStorage });
  // What another window has chosen.
  window.addEventListener('storage', () => session.preferences.readAgain());
  tellWhetherSeen(session.client, document);
  mount(App, { target, props: { session } });
} else if (target) {
  target.textContent = 'Minos needs its own window. Start it with `npm start`.';
}
