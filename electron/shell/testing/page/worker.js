addEventListener('message', () => postMessage('worker answered'))
