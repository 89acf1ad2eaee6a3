-- Sends GET requests for paths chosen at random from a file and prints the latencies as 999 quantiles
-- and the maximum, in microseconds. The arguments are the name of the file and the mean delay before
-- each request in milliseconds; with 0 there is no delay.

local requests = {}

function init(args)
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", path)
  end
  math.randomseed(os.time())
  local mean = tonumber(args[2])
  if mean > 0 then
    -- wrk looks for this function after it has called init.
    function delay()
      return math.random(0, 2 * mean)
    end
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format("summary %d %d %d %d\n", summary.requests, summary.duration, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
  io.write("latencies")
  for permille = 1, 999 do
    io.write(" ", latency:percentile(permille / 10))
  end
  io.write(" ", latency.max, "\n")
end
