// Subscribes to a stream with the client of a package and prints what it is given, one JSON object a line.
const [name, url] = process.argv.slice(2);
const print = (seen) => console.log(JSON.stringify(seen));

const listen = (source) => {
  source.onopen = () => print({ name: 'open' });
  source.onerror = ({ message }) => console.error(name, message, source.readyState);
  for (const type of ['message', 'reset', 'end']) {
    source.addEventListener(type, ({ data, lastEventId }) => {
      // Without data it is an event of the client itself, whose connection has ended.
      if (data) {
        print({ name: type, id: lastEventId, data });
      }
    });
  }
};

const clients = {
  'eventsource': ({ EventSource }) => listen(new EventSource(url)),
  'launchdarkly-eventsource': ({ default: { EventSource } }) => listen(new EventSource(url)),
  'eventsource-client': ({ createEventSource }) => createEventSource({
    url,
    onConnect: () => print({ name: 'open' }),
    onMessage: ({ event, id, data }) => print({ name: event ?? 'message', id, data }),
  }),
};

// The timer with which eventsource 5 waits before it reconnects does not keep the process alive.
setInterval(() => {}, 60_000);
clients[name](await import(name));
