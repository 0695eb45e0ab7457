package org.trustpaybridge.command.deadletters;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trustpaybridge.command.console.CommandFailedException;
import org.trustpaybridge.command.console.ConfigOption;
import org.trustpaybridge.command.console.ExitCode;
import org.trustpaybridge.command.console.JsonOption;
import org.trustpaybridge.command.console.OneShot;
import org.trustpaybridge.deadletters.DeadLetter;
import org.trustpaybridge.deadletters.Place;
import org.trustpaybridge.deadletters.Printable;
import org.trustpaybridge.deadletters.Selection;
import org.trustpaybridge.deadletters.StoredRecord;
import org.trustpaybridge.deadletters.ValueView;
import org.trustpaybridge.deadletters.replay.StopRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dead-letters show}: one of them, with what to do about it. */
@Command(name = "show", mixinStandardHelpOptions = true, sortOptions = false,
    description = "Shows one dead letter: the reason, what to do about it, and the event, with personal data hidden. Changes nothing.")
final class ShowCommand implements OneShot {

    @Spec
    private CommandSpec spec;
    @Parameters(paramLabel = "WHICH",
        description = "partition@offset as the list shows it, such as 0@17; or an order id, for the newest dead letter of that order.")
    private String which;
    @Option(names = "--reveal", description = "Shows personal data too.")
    private boolean reveal;
    @Mixin
    private JsonOption json;
    @Mixin
    private ConfigOption config;

    @Override
    public Integer call() {
        return KafkaAccess.with(config, spec.commandLine().getErr(), new StopRequest(), this::show);
    }

    private int show(KafkaAccess access) {
        String topic = access.topics().deadLetter();
        Found found = Place.parse(which).map(place -> at(access, place)).orElseGet(() -> ofOrder(access));
        access.progress().clear();
        if (found.letter == null) {
            throw new CommandFailedException("There is no dead letter " + (Place.parse(which).isPresent() ? "at " : "of order ")
                + Printable.line(which, 60) + " on " + topic + ". Try dead-letters list.");
        }
        PrintWriter out = spec.commandLine().getOut();
        String value = new ValueView(reveal).show(found.letter.value());
        if (json.wanted()) {
            ObjectNode document = LetterJson.of(access.read(found.letter));
            document.put("value_shown", value);
            JsonOption.print(out, document);
        } else {
            new DeadLetterText(out, reveal).print(topic, found.letter, access.read(found.letter), found.others, value);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static Found at(KafkaAccess access, Place place) {
        return new Found(access.scan().at(access.topics().deadLetter(), place).orElse(null), List.of());
    }

    private Found ofOrder(KafkaAccess access) {
        Selection order = new Selection(Set.of(), Optional.empty(), Optional.empty(), Set.of(which), Optional.empty(), Optional.empty());
        List<Place> places = new ArrayList<>();
        StoredRecord[] newest = new StoredRecord[1];
        access.scan().whole(access.topics().deadLetter(), stored -> {
            DeadLetter letter = DeadLetter.read(stored);
            if (order.matches(letter)) {
                places.add(stored.place());
                if (newest[0] == null || !letter.failedAt().isBefore(DeadLetter.read(newest[0]).failedAt())) {
                    newest[0] = stored;
                }
            }
        });
        if (newest[0] != null) {
            places.remove(newest[0].place());
        }
        return new Found(newest[0], places);
    }

    private record Found(StoredRecord letter, List<Place> others) {
    }
}
