package dev.byline;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/// What clients of one kind did and saw: their connections, their requests, how those ended and how long that took.
final class Tally {

    private final LongAdder connections = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final Map<String, LongAdder> ends = new ConcurrentHashMap<>();
    private final Queue<Duration> times = new ConcurrentLinkedQueue<>();

    static Tally sum(Collection<Tally> tallies) {
        var sum = new Tally();
        for (var tally : tallies) {
            sum.connections.add(tally.connectionCount());
            sum.requests.add(tally.requestCount());
            tally.ends.forEach((how, count) ->
                    sum.ends.computeIfAbsent(how, first -> new LongAdder()).add(count.sum()));
            sum.times.addAll(tally.times);
        }
        return sum;
    }

    void connection() {
        connections.increment();
    }

    void requests(int count) {
        requests.add(count);
    }

    /// @param how the status of the answer, or why there is none
    void end(String how) {
        ends.computeIfAbsent(how, first -> new LongAdder()).increment();
    }

    void end(String how, Duration time) {
        end(how);
        times.add(time);
    }

    long connectionCount() {
        return connections.sum();
    }

    long requestCount() {
        return requests.sum();
    }

    /// How often which end came.
    Map<String, Long> ends() {
        var sums = new TreeMap<String, Long>();
        ends.forEach((how, count) -> sums.put(how, count.sum()));
        return sums;
    }

    long count() {
        return ends.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /// The answers that say that the request was done.
    long successes() {
        return ends().entrySet().stream()
                .filter(end -> end.getKey().startsWith("2"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /// The answers that a server gives that has failed. 503 is none: it says when to come back.
    List<String> failures() {
        return ends().keySet().stream()
                .filter(how -> how.startsWith("5") && !how.equals("503"))
                .toList();
    }

    /// @param percent 100 is the slowest
    /// @return in milliseconds, 0 where nothing was timed
    long percentile(int percent) {
        var sorted = times.stream().sorted(Comparator.naturalOrder()).toList();
        return sorted.isEmpty()
                ? 0
                : sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1).toMillis();
    }

    /// The ends as text: `200: 7, closed: 1`.
    String shown() {
        var shown = new StringBuilder();
        ends().forEach((how, count) -> shown.append(shown.isEmpty() ? "" : ", ")
                .append(how)
                .append(": ")
                .append(count));
        return shown.toString();
    }
}
