process.parentPort.on('message', ({ data }) => {
  if (data === 'end') process.exit(3);
  process.parentPort.postMessage({ type: process.type, electron: typeof process.versions.electron, got: data });
});
