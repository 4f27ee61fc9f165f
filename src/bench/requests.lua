-- The load of src/bench/compare, for wrk. The argument says what is asked for:
--   post   GET /posts/{id}, any of the posts
--   page   GET /posts?limit=20&embed=user
-- Prints one line: requests a second, 50th and 99th percentile in microseconds, failed requests.
local highest = 100000
local what

function init(args)
    what = args[1]
    math.randomseed(1)
end

function request()
    if what == "post" then
        return wrk.format("GET", "/posts/" .. math.random(highest))
    end
    return wrk.format("GET", "/posts?limit=20&embed=user")
end

function done(summary, latency)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
    io.write(string.format("result %.0f %.0f %.0f %d\n", summary.requests / summary.duration * 1e6,
        latency:percentile(50), latency:percentile(99), failed))
end
