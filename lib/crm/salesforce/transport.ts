import { PassThrough } from 'node:stream';
import { Transport } from 'jsforce/lib/transport.js';
import type { HttpRequest, HttpResponse } from 'jsforce/lib/types/common.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';

/**
 * Carries jsforce's requests. jsforce's own transport repeats by itself, waits half an hour, cannot be
 * aborted, and ends the process when a connection is cut in the middle of an answer.
 */
export class FetchTransport extends Transport {
  readonly #signal: AbortSignal;
  readonly #onAnswer: (headers: Headers) => void;
  /** The last answer as it came: jsforce keeps some of it to itself. */
  last: { status: number; headers: Headers; text: string } | undefined;

  constructor(signal: AbortSignal, onAnswer: (headers: Headers) => void = () => undefined) {
    super();
    this.#signal = signal;
    this.#onAnswer = onAnswer;
  }

  override httpRequest(request: HttpRequest): StreamPromise<HttpResponse> {
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise: this.#send(request) }));
  }

  async #send({ url, method, headers, body }: HttpRequest): Promise<HttpResponse> {
    if (body !== undefined && body !== null && typeof body !== 'string') {
      throw new Error('Only text is sent to Salesforce here.');
    }
    // fetch counts the body itself.
    const { 'content-length': _, ...rest } = headers ?? {};
    const response = await fetch(url, {
      method,
      headers: rest,
      body: body ?? null,
      redirect: 'error',
      signal: this.#signal,
    });
    const last = { status: response.status, headers: response.headers, text: '' };
    this.last = last;
    this.#onAnswer(response.headers);
    last.text = await response.text();
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      body: last.text,
    };
  }
}
