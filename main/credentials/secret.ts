export { Secret } from '../lib/secret.ts';
