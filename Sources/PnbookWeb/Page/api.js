// The server's routes. Each answers with a JSON document, or throws an ApiError with the server's own words.
const ROOT = new URL('../api/', import.meta.url);
const BOOKS = 'admin/pricing/partnumber-books';

export class ApiError extends Error {
  /** Status 0: the server could not be reached. */
  constructor(status, document) {
    super(document?.error?.message ?? '');
    this.status = status;
    this.code = document?.error?.code ?? null;
    this.kind = document?.error?.kind ?? (status === 0 ? 'away' : 'failed');
    this.fix = document?.error?.fix ?? null;
    this.task = document?.task_id ?? document?.task?.id ?? null;
    this.document = document;
  }
}

async function ask(path, { method = 'GET', body, headers = {}, seconds = 60 } = {}) {
  let answer, document;
  try {
    answer = await fetch(new URL(path, ROOT), {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      cache: 'no-store',
      signal: AbortSignal.timeout(seconds * 1000),
    });
    document = await answer.json().catch(() => null);
  } catch {
    throw new ApiError(0, null);
  }
  if (!answer.ok || document === null) throw new ApiError(answer.status, document);
  return document;
}

const query = (values) => '?' + new URLSearchParams(values);
const id = (value) => encodeURIComponent(value);

// crypto.randomUUID exists only where the page came over TLS or from this machine.
const unique = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const books = () => ask(BOOKS);
export const difference = (from, to, limit) => ask(BOOKS + '/diff' + query({ from, to, limit }));
export const explanation = (partnumber) => ask(BOOKS + '/explain' + query({ partnumber }));
export const activate = (book) => ask(`${BOOKS}/${id(book)}/activate`, { method: 'POST', body: {} });
export const pin = (book, note) => ask(`${BOOKS}/${id(book)}/pin`, { method: 'POST', body: { note } });
export const unpin = (book) => ask(`${BOOKS}/${id(book)}/unpin`, { method: 'POST', body: {} });

/** A key for one press of the button: asked twice with it, the server starts one run. */
export const newKey = unique;

export const create = (wishes, key) =>
  ask(BOOKS, { method: 'POST', body: wishes, headers: { 'Idempotency-Key': key } });

export const activeTasks = async () => (await ask('tasks' + query({ active: 'true', view: 'full' }), { seconds: 20 })).tasks;
export const recentTasks = async (limit) => (await ask('tasks' + query({ view: 'full', limit }))).tasks;
export const task = async (taskID) => (await ask(`tasks/${id(taskID)}` + query({ view: 'full' }), { seconds: 20 })).task;
export const cancel = (taskID) => ask(`tasks/${id(taskID)}/cancel`, { method: 'POST', body: {} });

/** The address of the WebSocket, under the same prefix as the rest. */
export function socketAddress() {
  const address = new URL('tasks/ws', ROOT);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address;
}
