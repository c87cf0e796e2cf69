/* global window, document */
window.dropped = [];
const drop = document.getElementById('drop');
drop.addEventListener('dragover', (event) => event.preventDefault());
drop.addEventListener('drop', (event) => {
  event.preventDefault();
  window.dropped = window.bridge.paths([...event.dataTransfer.files]);
});
window.messages = [];
window.bridge.onPort((subject, data) => window.messages.push([subject, data]));
