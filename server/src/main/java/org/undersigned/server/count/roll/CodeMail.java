package org.undersigned.server.count.roll;

import org.undersigned.server.platform.mail.EmailAddress;
import org.undersigned.server.platform.mail.MailQueue;

/// The mail that carries a code. It names the instance only: no petition, no campaign, no campus, no link.
public final class CodeMail {
    private final String instance;

    /// @param instance the host name by which people know this instance
    public CodeMail(String instance) {
        this.instance = instance;
    }

    /// @param code eight symbols; the mail shows them in two groups
    public void send(MailQueue mailQueue, EmailAddress to, String code) {
        var shown = code.substring(0, 4) + " " + code.substring(4);
        mailQueue.send(to, instance + ": " + shown, """
                Your code for %s is

                    %s

                Type it on the page that asked for it, within ten minutes.
                If you did not ask for it, do nothing.

                Su código para %s es el de arriba. Escríbalo en la página que lo pidió,
                dentro de diez minutos. Si no lo pidió, no haga nada.
                """.formatted(instance, shown, instance));
    }
}
