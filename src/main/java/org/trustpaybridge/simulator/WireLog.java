package org.trustpaybridge.simulator;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How often each order was posted and what its latest POST looked like, whatever was answered. Bounded in orders and in bytes. */
final class WireLog {

    private static final long MOST_BYTES = 32L * 1024 * 1024;

    private final int mostOrders;
    private final Map<String, Integer> posts = new LinkedHashMap<>();
    private final Map<String, ReceivedRequest> latest = new LinkedHashMap<>();
    private final TreeMap<Integer, Integer> ordersByPosts = new TreeMap<>();
    private long bytes;

    WireLog(int mostOrders) {
        this.mostOrders = mostOrders;
    }

    /** Notes a POST of an order; says the how-manieth it is, from 1. */
    synchronized int posted(String orderId, ReceivedRequest request) {
        keep(orderId, request);
        int count = posts.merge(orderId, 1, Integer::sum);
        ordersByPosts.merge(count, 1, Integer::sum);
        if (count > 1) {
            oneLess(count - 1);
        }
        if (posts.size() > mostOrders) {
            Iterator<Integer> oldest = posts.values().iterator();
            oneLess(oldest.next());
            oldest.remove();
        }
        return count;
    }

    synchronized int posts(String orderId) {
        return posts.getOrDefault(orderId, 0);
    }

    synchronized Optional<ReceivedRequest> latest(String orderId) {
        return Optional.ofNullable(latest.get(orderId));
    }

    /** For each number of POSTs, how many of the remembered orders had that many. */
    synchronized Map<Integer, Integer> ordersByPosts() {
        return new TreeMap<>(ordersByPosts);
    }

    private void oneLess(int count) {
        ordersByPosts.computeIfPresent(count, (posts, orders) -> orders == 1 ? null : orders - 1);
    }

    private void keep(String orderId, ReceivedRequest request) {
        ReceivedRequest before = latest.remove(orderId);
        bytes += request.size() - (before == null ? 0 : before.size());
        latest.put(orderId, request);
        Iterator<ReceivedRequest> oldest = latest.values().iterator();
        while ((bytes > MOST_BYTES || latest.size() > mostOrders) && latest.size() > 1) {
            bytes -= oldest.next().size();
            oldest.remove();
        }
    }
}
