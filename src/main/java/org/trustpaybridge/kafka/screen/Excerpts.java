package org.trustpaybridge.kafka.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.trustpaybridge.delivery.Excerpt;
import org.trustpaybridge.delivery.RecordHeader;

/** What records that came through the {@link FetchScreen} are. */
public final class Excerpts {

    private Excerpts() {
    }

    /**
     * @param fetched a record
     * @return what is known of the whole of it, if it was too large to be held; its key, value and headers are the beginning only
     */
    public static Optional<Excerpt> of(ConsumerRecord<?, ?> fetched) {
        return Optional.ofNullable(fetched.headers().lastHeader(Marker.NAME)).map(Marker::read);
    }

    /**
     * @param fetched a record
     * @return its own headers
     */
    public static List<RecordHeader> headers(ConsumerRecord<?, ?> fetched) {
        List<RecordHeader> headers = new ArrayList<>();
        for (Header header : fetched.headers()) {
            if (!Marker.is(header.key())) {
                headers.add(new RecordHeader(header.key(), header.value()));
            }
        }
        return headers;
    }
}
