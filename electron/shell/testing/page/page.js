// A page that uses `window.sluice` as the real one does.
const frames = []
const batches = []
const statuses = []
window.fixture = { frames, batches, statuses }
window.sluice.listen({
  changes: (batch) => batches.push(batch),
  frame: (bytes) => frames.push(bytes),
  status: (status) => statuses.push(status),
})
document.querySelector('#several').addEventListener('click', () => {
  window.open('https://one.example/')
  window.open('https://two.example/')
})
document.querySelector('#program').addEventListener('click', () => window.open('vscode://file/etc'))
const worker = new Worker('/worker.js', { type: 'module' })
worker.addEventListener('message', (event) => {
  document.querySelector('#ready').textContent = event.data
})
worker.postMessage('hello', [])
