// Server-Sent Events out of bytes, by the rules of the HTML standard.

/** A block that is longer than this is none of Lectern's. In characters. */
const MAX_BLOCK_LENGTH = 8 * 1024 * 1024;

/**
 * Decodes one response. The bytes may be cut anywhere. Unlike an EventSource it also tells the blocks without data:
 * an id alone is a heartbeat of the service, a comment alone is one of the gateway.
 */
export class SseDecoder {
  /** The last `retry:` in milliseconds, or null. */
  retry = null;

  #bytes = new TextDecoder();
  #rest = '';
  #afterReturn = false;
  #length = 0;
  #block = {};

  /** Takes the next bytes. Returns the blocks that they complete, as `{id?, event?, data?, comment?}`. */
  take(bytes) {
    let text = this.#bytes.decode(bytes, { stream: true });
    if (text === '') {
      return [];
    }
    if (this.#afterReturn && text.startsWith('\n')) {
      text = text.slice(1);
      this.#afterReturn = false;
    }
    this.#afterReturn = text === '' ? this.#afterReturn : text.endsWith('\r');
    this.#length += text.length;
    const lines = (this.#rest + text).split(/\r\n|\n|\r/);
    this.#rest = lines.pop();
    const blocks = lines.map((line) => this.#takeLine(line)).filter(Boolean);
    if (blocks.length > 0) {
      this.#length = this.#rest.length;
    } else if (this.#length > MAX_BLOCK_LENGTH) {
      throw new RangeError('The block of the stream is too long.');
    }
    return blocks;
  }

  #takeLine(line) {
    if (line === '') {
      const block = this.#block;
      this.#block = {};
      return Object.keys(block).length > 0 ? block : null;
    }
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    this.#takeField(name, value);
    return null;
  }

  #takeField(name, value) {
    switch (name) {
      case '':
        this.#block.comment = value;
        break;
      case 'data':
        this.#block.data = this.#block.data === undefined ? value : `${this.#block.data}\n${value}`;
        break;
      case 'event':
        this.#block.event = value;
        break;
      case 'id':
        if (!value.includes('\0')) {
          this.#block.id = value;
        }
        break;
      case 'retry':
        if (/^\d+$/.test(value)) {
          this.retry = Number(value);
        }
        break;
      default:
        break;
    }
  }
}
