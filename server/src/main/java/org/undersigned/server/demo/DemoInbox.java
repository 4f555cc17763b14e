package org.undersigned.server.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.undersigned.server.platform.mail.EmailAddress;
import org.undersigned.server.platform.mail.MailTransport;

/// The demonstration's mail transport: it sends nothing, stores the newest mails in memory, and lets everybody read
/// them.
public final class DemoInbox implements MailTransport {
    private static final int MOST = 2_000;

    private final Deque<Mail> mails = new ArrayDeque<>();

    /// One mail as it would have been sent.
    public record Mail(String to, String subject, String text) {
        /// The eight letters and digits of its code.
        String code() {
            return subject.replaceAll(".*: ", "").replace(" ", "");
        }
    }

    @Override
    public synchronized void send(EmailAddress to, String subject, String text) {
        mails.addFirst(new Mail(to.wire(), subject, text));
        if (mails.size() > MOST) mails.removeLast();
    }

    /// The newest mails to `address`, newest first, at most 20.
    public synchronized List<Mail> to(String address) {
        return mails.stream()
                .filter(mail -> mail.to().equalsIgnoreCase(address))
                .limit(20)
                .toList();
    }

    /// The newest mails to people; those to demonstration signers are left out.
    public synchronized List<Mail> newest() {
        return mails.stream()
                .filter(mail -> !mail.to().startsWith(DemoSigners.LOCAL_PREFIX))
                .limit(20)
                .toList();
    }
}
