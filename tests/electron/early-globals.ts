/*
 * Node makes `performance` at its first use. A debugger such as Playwright's may ask for it while Node is in the middle of
 * making it, which leaves it undefined for good, and with it `Request` and `fetch`. So it is made before anybody asks.
 */
void globalThis.performance;

export {};
