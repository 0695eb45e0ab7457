package org.trustpaybridge.delivery.position;

import java.util.Optional;

import org.trustpaybridge.delivery.CommitNote;
import org.trustpaybridge.delivery.DeletedUnread;
import org.trustpaybridge.delivery.Doubt;
import org.trustpaybridge.delivery.Opening;

/**
 * Where a partition is read from, and why.
 *
 * @param how         why there
 * @param at          the offset
 * @param leaderEpoch epoch of the leader that the record before it came from, where the client is to look whether it is still so
 * @param committed   the offset that is committed; -1 without one
 * @param note        what is committed with it from now on
 * @param deleted     what was found deleted unread just now
 */
public record Beginning(How how, long at, Optional<Integer> leaderEpoch, long committed, CommitNote note, Optional<DeletedUnread> deleted) {

    /** Why there. */
    public enum How {
        /** Where the group left off. */
        CONTINUED("continued", "where the group left off"),
        /** Nothing is committed. */
        BEGUN("begun", "nothing is committed"),
        /** The partition was added to the topic. */
        ADDED("added", "the partition was added to the topic"),
        /** The operator said so. */
        TOLD("told", "nothing is committed, and kafka.start-from says where to begin"),
        /** The topic is another one than before. */
        NEW_TOPIC("new-topic", "the topic was created anew"),
        /** Records that had been read are no longer there. */
        CUT_BACK("cut-back", "the topic was cut back"),
        /** What is committed lies beyond the end, and it is not known why. */
        BEYOND_END("beyond-end", "the committed offset lies beyond the end"),
        /** What is committed was not committed by this program. */
        MOVED("moved", "the committed offset is not one that this version of the bridge committed");

        private final String word;
        private final String words;

        How(String word, String words) {
            this.word = word;
            this.words = words;
        }

        /** @return a word for programs */
        public String word() {
            return word;
        }

        /** @return words for people, as a clause */
        public String words() {
            return words;
        }
    }

    /** @return records from the beginning on that may have been done before; empty if none may */
    public Optional<Doubt> doubt() {
        return note.doubt();
    }

    /** @return with what the books are opened: it is to be committed unless it is so already */
    public Opening opening() {
        return new Opening(at, how == How.CONTINUED && at == committed && deleted.isEmpty() ? at : -1, note);
    }

    Beginning withDoubt(Optional<Doubt> doubt) {
        Optional<Doubt> some = doubt.filter(each -> each.until() > at);
        return new Beginning(how, at, leaderEpoch, committed,
            new CommitNote(note.topicId(), note.partitions(), note.deleted(), some, note.open()), deleted);
    }

    Beginning movedTo(long offset) {
        return new Beginning(how, offset, Optional.empty(), committed,
            new CommitNote(note.topicId(), note.partitions(), note.deleted(), note.doubt(), Optional.empty()), deleted);
    }
}
