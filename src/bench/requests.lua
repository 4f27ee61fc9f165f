-- The load of the benchmarks, for wrk, on what src/bench/load makes of 10,000 users and 100,000 posts. The argument is one of `kinds`.
-- Prints one line: answers a second that are no errors, 50th and 99th percentile in microseconds, failed requests.
local users, posts = 10000, 100000
local kind

-- What a client with the right to write sends; empty where none is needed.
local token = os.getenv("BENCH_TOKEN")
local headers = { ["Content-Type"] = "application/json", ["Authorization"] = token and "Bearer " .. token }
local content = string.rep("It worked on the first machine that we tried. ", 5)

local kinds = {
    user = function() return wrk.format("GET", "/users/" .. math.random(users)) end,
    post = function() return wrk.format("GET", "/posts/" .. math.random(posts)) end,
    posts = function() return wrk.format("GET", "/posts?limit=20") end,
    page = function() return wrk.format("GET", "/posts?limit=20&embed=user") end,
    -- The same in tutorial.py.
    ["posts-with-users"] = function() return wrk.format("GET", "/posts-with-users?limit=20") end,
    ["user-posts"] = function() return wrk.format("GET", "/users/" .. math.random(users) .. "/posts?limit=20") end,
    create = function()
        local body = string.format('{"title":"Notes on pools","content":"%s","userId":%d}', content, math.random(users))
        return wrk.format("POST", "/posts", headers, body)
    end,
}

function init(args)
    kind = assert(kinds[args[1]], "no such kind of request")
    math.randomseed(1)
end

function request()
    return kind()
end

function done(summary, latency)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
    if failed > 0 then
        io.stderr:write(string.format("wrk: %d connections, %d reads and %d writes failed, %d answers were late, %d were errors\n",
            errors.connect, errors.read, errors.write, errors.timeout, errors.status))
    end
    io.write(string.format("result %.0f %.0f %.0f %d\n", (summary.requests - errors.status) / summary.duration * 1e6,
        latency:percentile(50), latency:percentile(99), failed))
end
