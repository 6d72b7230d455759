// Follows the running tasks: over the WebSocket where it can be had, else by asking; what is drawn does not know which.
import { activeTasks, socketAddress } from './api.js';

// How often is asked without a WebSocket: quickly at first, for those who have just pressed the button.
const EAGER = 500, CALM = 3000, EAGER_FOR = 30_000;
// With one, a look now and then finds what a connection that died silently has kept from us.
const SAFETY = 15_000;
const LONGEST_PAUSE = 60_000;

/**
 * @param listener with `tasks(list)`: all that are running, in full; `progress(event)`: of one of them;
 *   `link(isUp)`: the server answers again, or no longer.
 */
export class Live {
  #listener;
  #socket = null;
  #pause = 1000;
  #timer = null;
  #reconnect = null;
  #eagerSince = performance.now();
  #failures = 0;
  #asking = null;
  #askAgain = false;

  constructor(listener) {
    this.#listener = listener;
    document.addEventListener('visibilitychange', () => this.#visibilityChanged());
    addEventListener('online', () => this.#visibilityChanged());
  }

  start() {
    this.#connect();
    this.look();
  }

  /** Asks now, and often for a while: something has just been started here. */
  hurry() {
    this.#eagerSince = performance.now();
    return this.look();
  }

  /** Asks which tasks run. Of several calls during one question, one more question is asked. */
  look() {
    if (this.#asking) {
      this.#askAgain = true;
      return this.#asking;
    }
    clearTimeout(this.#timer);
    this.#asking = this.#ask().finally(() => {
      this.#asking = null;
      if (this.#askAgain) {
        this.#askAgain = false;
        this.look();
      } else this.#schedule();
    });
    return this.#asking;
  }

  async #ask() {
    try {
      const tasks = await activeTasks();
      this.#failures = 0;
      this.#listener.link(true);
      await this.#listener.tasks(tasks);
    } catch (error) {
      if (!('status' in error)) throw error;
      // One lost answer is not a lost connection.
      this.#failures += 1;
      if (this.#failures > 1) this.#listener.link(false, error);
    }
  }

  #schedule() {
    clearTimeout(this.#timer);
    if (document.hidden) return;
    const isEager = performance.now() - this.#eagerSince < EAGER_FOR;
    const pause = this.#failures ? Math.min(EAGER * 2 ** this.#failures, SAFETY)
      : this.#isOpen ? SAFETY : isEager ? EAGER : CALM;
    this.#timer = setTimeout(() => this.look(), pause);
  }

  get #isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  #visibilityChanged() {
    clearTimeout(this.#timer);
    clearTimeout(this.#reconnect);
    if (document.hidden) return;
    this.#eagerSince = performance.now();
    if (!this.#socket) {
      this.#pause = 1000;
      this.#connect();
    }
    this.look();
  }

  #connect() {
    clearTimeout(this.#reconnect);
    let socket;
    try {
      socket = new WebSocket(socketAddress());
    } catch {
      return this.#retry();
    }
    this.#socket = socket;
    socket.onopen = () => {
      this.#pause = 1000;
      // What has happened between the last answer and now.
      this.look();
    };
    socket.onmessage = (message) => this.#received(message.data);
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#retry();
      this.look();
    };
  }

  #retry() {
    if (document.hidden) return;
    // Not all tabs of all admins in the same moment.
    this.#reconnect = setTimeout(() => this.#connect(), this.#pause * (0.75 + Math.random() / 2));
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  #received(text) {
    let event;
    try {
      event = JSON.parse(text);
    } catch {
      return;
    }
    if (event.type === 'task_progress') this.#listener.progress(event);
    else if (event.type === 'task_status') this.look();
  }
}
