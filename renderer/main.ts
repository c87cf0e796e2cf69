import { mount } from 'svelte';
import App from './App.svelte';
import { windowBridge } from './lib/bridge.ts';
import { createSession } from './state/session.ts';
import './styles/index.css';

const target = document.getElementById('app');
const bridge = windowBridge();

if (target && bridge) {
  mount(App, { target, props: { session: createSession({ bridge, shelf: window.localStorage }) } });
} else if (target) {
  target.textContent = 'Minos needs its own window. Start it with `npm start`.';
}
