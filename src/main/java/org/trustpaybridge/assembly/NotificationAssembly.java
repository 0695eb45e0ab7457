package org.trustpaybridge.assembly;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.apache.camel.main.MainListener;
import org.trustpaybridge.condition.Condition;
import org.trustpaybridge.ledger.PaymentStandings;
import org.trustpaybridge.observe.metrics.NotificationMetrics;
import org.trustpaybridge.payment.SignatureCheck;
import org.trustpaybridge.receive.NotificationServer;
import org.trustpaybridge.route.AllowedHeaders;
import org.trustpaybridge.route.ComposeStatus;
import org.trustpaybridge.route.DecideNews;
import org.trustpaybridge.route.LookUpStatus;
import org.trustpaybridge.route.NotificationEnd;
import org.trustpaybridge.route.NotificationKeys;
import org.trustpaybridge.route.NotificationTrouble;
import org.trustpaybridge.route.ReceiveNotification;
import org.trustpaybridge.settings.NotificationSettings;
import org.trustpaybridge.settings.Setting;
import org.trustpaybridge.settings.Settings;
import org.trustpaybridge.supervision.Vital;

/**
 * What receives notifications. Needs the reader of {@link KafkaAssembly}, the keys of {@link SecretsAssembly} and somebody who counts.
 *
 * @param parts empty while {@code notifications.enabled} is false: then nothing of this exists
 */
record NotificationAssembly(Optional<Parts> parts) {

    /** How long a notification waits for another one of its order, and for what other instances have published. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    static NotificationAssembly of(Settings settings, KafkaAssembly kafka, SecretsAssembly secrets, ObserveAssembly observe, Clock clock) {
        return new NotificationAssembly(settings.notifications().flatMap(on -> kafka.statuses().map(statuses ->
            new Parts(settings, on, statuses, secrets, observe, clock))));
    }

    void bindTo(Beans beans) {
        parts.ifPresent(each -> each.bindTo(beans));
    }

    Collection<Condition> conditions() {
        return parts.map(each -> each.trouble.get()).orElse(List.of());
    }

    List<Vital> vitals(BooleanSupplier wanted) {
        return parts.map(each -> each.vitals(wanted)).orElse(List.of());
    }

    /** @return starts the server; empty: there is none */
    Optional<MainListener> server() {
        return parts.map(each -> each.server.beforeRoutes());
    }

    /** All that is there while notifications are received. */
    static final class Parts {

        private final Settings settings;
        private final KafkaAssembly.Statuses statuses;
        private final SecretsAssembly secrets;
        private final Clock clock;
        private final NotificationSettings on;
        private final NotificationTrouble trouble;
        private final NotificationMetrics metrics;
        private final NotificationServer server;

        private Parts(Settings settings, NotificationSettings on, KafkaAssembly.Statuses statuses, SecretsAssembly secrets,
                      ObserveAssembly observe, Clock clock) {
            this.settings = settings;
            this.on = on;
            this.statuses = statuses;
            this.secrets = secrets;
            this.clock = clock;
            trouble = new NotificationTrouble(() -> statuses.reader().fault().or(() -> tooMany(statuses.standings())), clock);
            metrics = observe.notificationMetrics();
            metrics.watch(statuses.standings()::size, statuses.standings()::bytes);
            server = new NotificationServer(on, longest());
        }

        private void bindTo(Beans beans) {
            beans.bind(NotificationServer.ENGINE, server.engine());
            beans.bind("notificationHeaders", new AllowedHeaders(Set.of("auth")));
            NotificationKeys keys = new NotificationKeys(() -> secrets.apiKey().get().reveal(), secrets.apiKeyRefused(), System::nanoTime);
            beans.bind("receiveNotification", new ReceiveNotification(new SignatureCheck(on.maxAge()), keys, secrets.known(), metrics,
                clock));
            LookUpStatus lookUp = new LookUpStatus(secrets.known(), clock);
            beans.bind("prepareStatusLookUp", lookUp.prepare());
            beans.bind("judgeStatusLookUp", lookUp.judge());
            beans.bind("decideNews", new DecideNews(statuses.standings(), statuses.reader()::caughtUp, PATIENCE));
            beans.bind("composePaymentStatusChanged", new ComposeStatus(clock));
            NotificationEnd end = new NotificationEnd(trouble, metrics);
            beans.bind("finishPaymentStatusChanged", end.published());
            beans.bind("holdNotification", end.held());
            beans.bind("answerNotification", end.answer());
        }

        private static Optional<String> tooMany(PaymentStandings standings) {
            return standings.full() ? Optional.of("the topic names more than the " + standings.most()
                + " orders for which this instance has memory (-Xmx), and changes of the others are not published") : Optional.empty();
        }

        /** Both waits, a look-up, and publishing; a producer waits as long for metadata as its record does for an acknowledgement. */
        private Duration longest() {
            Duration connecting = Duration.ofMillis(Long.parseLong(settings.text(Setting.MULTISAFEPAY_CONNECT_TIMEOUT)));
            return PATIENCE.multipliedBy(3).plus(connecting.multipliedBy(2)).plus(settings.provider().responseTimeout())
                .plus(settings.budget().delivery().multipliedBy(2));
        }

        private List<Vital> vitals(BooleanSupplier wanted) {
            return Stream.concat(statuses.reader().vitals(wanted).stream(), server.vitals().stream()).toList();
        }
    }
}
