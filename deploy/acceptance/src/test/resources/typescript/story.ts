// The story of the README, by the types that openapi-typescript makes of the description of the API.
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./api.js";

declare const process: { argv: string[] };
const [baseUrl, reader] = process.argv.slice(2) as [string, string];
const api = createClient<paths>({ baseUrl });

/** The content of an answer; a problem otherwise. */
function content<T>({ data, error }: { data?: T; error?: components["schemas"]["Problem"] }): T {
  if (data === undefined) {
    throw new Error(error?.detail ?? "There is no content");
  }
  return data;
}

const password = "a long secret";
await api.POST("/api/v1/readers", { body: { reader, name: "Grace", password } }).then(content);
const { accessToken } = content(await api.POST("/api/v1/tokens", { body: { reader, password } }));
const signedIn: Middleware = {
  onRequest: ({ request }) => request.headers.set("Authorization", `Bearer ${accessToken}`),
};
api.use(signedIn);

const books = content(await api.GET("/api/v1/books", { params: { query: { q: "fluent pyhton" } } }));
const book = books.items[0]!.id;

const started = content(
  await api.POST("/api/v1/readers/{reader}/readings", {
    params: { path: { reader }, header: { "Idempotency-Key": crypto.randomUUID() } },
    body: { book },
  }),
);
const path = { reader, reading: started.id };

async function report(fraction: number): Promise<string> {
  const answer = await api.POST("/api/v1/readers/{reader}/readings/{reading}/positions", {
    params: { path },
    body: { fraction, device: { id: "phone" } },
  });
  if (!content(answer).moved) {
    throw new Error(`The position has not moved: ${answer.data?.reason}`);
  }
  return answer.response.headers.get("Cursor")!;
}

async function position(seen: string): Promise<number | undefined> {
  const query = { seen };
  const reading = content(
    await api.GET("/api/v1/readers/{reader}/readings/{reading}", { params: { path, query } }),
  );
  return reading.position?.fraction;
}

const first = await report(0.42);
const second = await report(0.8);
const seen = [await position(second)];

const restored = await api.POST("/api/v1/readers/{reader}/readings/{reading}/restore", {
  params: { path },
  body: { to: first },
});
seen.push(content(restored).reading.position?.fraction);

const undone = await api.POST("/api/v1/readers/{reader}/undo", {
  params: { path: { reader } },
  body: { undo: content(restored).undo! },
});
seen.push(content(undone).reading.position?.fraction);

const missing = await api.GET("/api/v1/books/{book}", { params: { path: { book: "no-such-book" } } });
console.log(JSON.stringify({ book, seen, problem: missing.error?.type }));
