### Vestibule's words in German. Keys, variables and where a sentence is shown: see the comments in en.ftl.
###
### Sie; short sentences; one word for one thing:
###   log in, login     anmelden, Anmeldung        log out         abmelden
###   sign up           (sich) registrieren        account         Konto
###   email (address)   E-Mail, E-Mail-Adresse     send            senden
###   site, page        Website, Seite             IP address      IP-Adresse
###   activity          Aktivitäten                device          Gerät
###   terms of use      Nutzungsbedingungen        disable         sperren, freigeben
###   the people who run this site                 die Verantwortlichen dieser Website
###   passkey           Passkey                    recovery code   Wiederherstellungscode
###   authenticator app Authenticator-App          two-factor authentication   Zwei-Faktor-Authentifizierung


## Language

language-name = Deutsch
language-direction = ltr
sentences = { $first } { $second }


## Time

# accusative or nominative only: "Warten Sie 2 Tage", but not "vor 2 Tage"
duration = { $unit ->
    [second] { $count ->
        [one] 1 Sekunde
       *[other] { $count } Sekunden
    }
    [minute] { $count ->
        [one] 1 Minute
       *[other] { $count } Minuten
    }
    [hour] { $count ->
        [one] 1 Stunde
       *[other] { $count } Stunden
    }
   *[day] { $count ->
        [one] 1 Tag
       *[other] { $count } Tage
    }
}
duration-within = { $unit ->
    [second] { $count ->
        [one] innerhalb einer Sekunde
       *[other] innerhalb von { $count } Sekunden
    }
    [minute] { $count ->
        [one] innerhalb einer Minute
       *[other] innerhalb von { $count } Minuten
    }
    [hour] { $count ->
        [one] innerhalb einer Stunde
       *[other] innerhalb von { $count } Stunden
    }
   *[day] { $count ->
        [one] innerhalb eines Tages
       *[other] innerhalb von { $count } Tagen
    }
}
duration-for = { $unit ->
    [second] { $count ->
        [one] eine Sekunde lang
       *[other] { $count } Sekunden lang
    }
    [minute] { $count ->
        [one] eine Minute lang
       *[other] { $count } Minuten lang
    }
    [hour] { $count ->
        [one] eine Stunde lang
       *[other] { $count } Stunden lang
    }
   *[day] { $count ->
        [one] einen Tag lang
       *[other] { $count } Tage lang
    }
}
duration-after = { $unit ->
    [second] { $count ->
        [one] nach einer Sekunde
       *[other] nach { $count } Sekunden
    }
    [minute] { $count ->
        [one] nach einer Minute
       *[other] nach { $count } Minuten
    }
    [hour] { $count ->
        [one] nach einer Stunde
       *[other] nach { $count } Stunden
    }
   *[day] { $count ->
        [one] nach einem Tag
       *[other] nach { $count } Tagen
    }
}
time-month = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
time-weekday = { $weekday ->
    [1] Montag
    [2] Dienstag
    [3] Mittwoch
    [4] Donnerstag
    [5] Freitag
    [6] Samstag
   *[7] Sonntag
}
time-date = { $day }. { time-month } { $year }
time-clock = { $hour }:{ $minute } Uhr ({ $zone })
time-exact = { $day }. { time-month } { $year }, { $hour }:{ $minute } Uhr ({ $zone })
time-just-now = gerade eben
time-minutes-ago = { $count ->
    [one] vor einer Minute
   *[other] vor { $count } Minuten
}
time-today = heute, { $hour }:{ $minute } Uhr ({ $zone })
time-yesterday = gestern, { $hour }:{ $minute } Uhr ({ $zone })
time-heading-today = Heute
time-heading-yesterday = Gestern
time-heading-day = { time-weekday }, { $day }. { time-month } { $year }


## Browsers and places

browser = { $browser ->
    [unknown] { $system ->
        [unknown] Unbekannter Browser
        [iPad] Unbekannter Browser auf einem iPad
        [iPhone] Unbekannter Browser auf einem iPhone
       *[other] Unbekannter Browser unter { $system }
    }
   *[other] { $system ->
        [unknown] { $browser }
        [iPad] { $browser } auf einem iPad
        [iPhone] { $browser } auf einem iPhone
       *[other] { $browser } unter { $system }
    }
}
browser-from = { $browser ->
    [unknown] { $system ->
        [unknown] über einen unbekannten Browser
        [iPad] über einen unbekannten Browser auf einem iPad
        [iPhone] über einen unbekannten Browser auf einem iPhone
       *[other] über einen unbekannten Browser unter { $system }
    }
   *[other] { $system ->
        [unknown] über { $browser }
        [iPad] über { $browser } auf einem iPad
        [iPhone] über { $browser } auf einem iPhone
       *[other] über { $browser } unter { $system }
    }
}
place = { $ip ->
    [unknown] { browser }
   *[other] { browser } · { $ip }
}
place-operator = Durch die Verantwortlichen dieser Website
place-administrator = Durch einen Administrator dieser Website
place-ip = { $ip ->
    [unknown] Unbekannte IP-Adresse
   *[other] IP-Adresse { $ip }
}


## Frame of every page

page-title = { $title } · { $site }
page-title-error = Fehler: { $title } · { $site }
page-description = Ihr Konto bei { $site }.
frame-skip = Zum Inhalt springen
frame-nav = Hauptmenü
nav-home = Startseite
nav-profile = Profil
nav-settings = Einstellungen
nav-logout = Abmelden
nav-login = Anmelden
nav-signup = Registrieren
footer-label = Über diese Website
footer-language = Sprache
footer-contact = Fragen? Schreiben Sie an { $contact }.
footer-terms = Nutzungsbedingungen
frame-print = { $site }, { $name } ({ $address }), { $date }
frame-working = Einen Moment …


## Fields

field-email = E-Mail-Adresse
field-name = Name
field-password = Passwort
field-current-password = Aktuelles Passwort
field-new-password = Neues Passwort
field-new-email = Neue E-Mail-Adresse
field-account-email = E-Mail-Adresse dieses Kontos
field-your-name = Ihr Name
placeholder-your-email = Ihre E-Mail-Adresse
placeholder-your-password = Ihr Passwort
placeholder-email = E-Mail-Adresse
placeholder-name = Name
placeholder-password = Passwort
placeholder-new-password = Neues Passwort
placeholder-new-email = Neue E-Mail-Adresse
password-show = Anzeigen
password-hide = Verbergen
password-show-label = { $field ->
    [current] Aktuelles Passwort anzeigen
    [new] Neues Passwort anzeigen
   *[password] Passwort anzeigen
}
password-hide-label = { $field ->
    [current] Aktuelles Passwort verbergen
    [new] Neues Passwort verbergen
   *[password] Passwort verbergen
}
password-caps-lock = Die Feststelltaste ist eingeschaltet.
password-length = { $typed } von mindestens { $least } Zeichen
password-example = Teekanne Kiesel Geige
password-rule = Mindestens { $least } Zeichen und schwer zu erraten. Gut eignen sich drei oder vier Wörter, die nichts miteinander zu tun haben, zum Beispiel „{ password-example }“.


## Front page

home-title = Startseite
home-tagline = Authentifizierung und Autorisierung in Rocket, leicht gemacht.
home-login = Anmelden
home-signup = Registrieren
home-profile = Zu Ihrem Profil
apps-yours = Ihre Apps


## Profile

profile-title = Profil
profile-welcome = Willkommen, { $name }!
profile-address = Angemeldet als { $address }
profile-last-login = Letzte Anmeldung: { $when } · { $browser }
profile-activity = Waren Sie das nicht? Aktivitäten prüfen
profile-settings = Einstellungen


## Login

login-title = Anmelden
login-remember = Angemeldet bleiben
login-remember-hint = Sie bleiben auf diesem Gerät höchstens { duration-for } angemeldet. Kreuzen Sie das bitte nicht an, wenn auch andere das Gerät benutzen.
login-button = Anmelden
login-forgot = Passwort vergessen?
login-unconfirmed = Keine Bestätigungs-E-Mail erhalten?
login-new-here = Neu hier?
login-signup = Registrieren
login-closed = { $contact ->
    [none] Noch kein Konto? Wenden Sie sich an die Verantwortlichen dieser Website.
   *[other] Noch kein Konto? Wenden Sie sich an { $contact }.
}
login-by-email = Sie müssen nicht warten: Wir können Ihnen einen Link per E-Mail senden. Damit wählen Sie ein neues Passwort und können sich sofort anmelden.
login-by-email-link = Link per E-Mail senden


## Switch account

switch-title = Mit einem anderen Konto anmelden?
switch-now = Sie sind als { $address } angemeldet. Wenn Sie ein anderes Konto benutzen möchten, melden wir Sie zuerst ab.
switch-stay = Mit diesem Konto fortfahren
switch-button = Abmelden und wechseln


## The gate: on the way to an app

gate-log-in = Melden Sie sich an, um zu { $app } zu kommen.
gate-onward-title = Weiter zu { $app }
gate-onward = Das dauert nur einen Augenblick.
gate-onward-link = Zu { $app }
gate-denied-title = Sie dürfen { $app } nicht benutzen
gate-denied = Sie sind als { $address } angemeldet.
gate-denied-advice = { $contact ->
    [none] Wenn Sie Zugang haben sollten, fragen Sie die Betreiber dieser Website. Oder benutzen Sie ein anderes Konto.
   *[other] Wenn Sie Zugang haben sollten, fragen Sie { $contact }. Oder benutzen Sie ein anderes Konto.
}
gate-denied-button = Abmelden und ein anderes Konto benutzen
gate-early = Sie haben viele Seiten von Apps auf einmal geöffnet
gate-trouble-title = Wir konnten Sie nicht hineinlassen
gate-trouble-kept = Ihr Browser hat das Cookie von { $host } nicht behalten. Ohne es kann die App dort nicht wissen, dass Sie angemeldet sind.
gate-trouble-set = Das Cookie von { $host } wurde gesetzt und kam nicht zurück. Ohne es kann die App dort nicht wissen, dass Sie angemeldet sind.
gate-trouble-advice = Vielleicht sind Cookies für { $host } blockiert, in den Einstellungen Ihres Browsers oder durch eine Erweiterung. Erlauben Sie sie und versuchen Sie es noch einmal.
gate-trouble-again = Noch einmal versuchen
gate-trouble-report = { $contact ->
    [none] Wenn das nicht hilft, sagen Sie es den Betreibern dieser Website: Vielleicht gibt der Proxy vor { $host } Cookies nicht weiter.
   *[other] Wenn das nicht hilft, sagen Sie es { $contact }: Vielleicht gibt der Proxy vor { $host } Cookies nicht weiter.
}


## Sign-up

signup-title = Registrieren
signup-button = Registrieren
signup-have-account = Haben Sie schon ein Konto?
signup-login = Anmelden
signup-terms = Ich akzeptiere die Nutzungsbedingungen
signup-terms-read = Nutzungsbedingungen lesen
signup-closed = Die Registrierung ist geschlossen
signup-closed-advice = { $contact ->
    [none] Wenn Sie ein Konto möchten, wenden Sie sich an die Verantwortlichen dieser Website.
   *[other] Wenn Sie ein Konto möchten, wenden Sie sich an { $contact }.
}
signup-invited = Sie brauchen eine Einladung
signup-invited-advice = { $contact ->
    [none] Um eine zu bekommen, wenden Sie sich an die Verantwortlichen dieser Website.
   *[other] Um eine zu bekommen, wenden Sie sich an { $contact }.
}


## Invitation

invited-title = Sie sind eingeladen
invited-lead = { $site } lädt Sie ein, dabei zu sein.
invited-lead-groups = { $count ->
    [one] { $site } lädt Sie in diese Gruppe ein:
   *[other] { $site } lädt Sie in diese Gruppen ein:
}
invited-handle = Die Apps dieser Website werden Sie unter dem Benutzernamen { $handle } kennen.
invited-until = Die Einladung endet am { $when }.
invited-sign-up = Um sie anzunehmen, erstellen Sie ein Konto.
invited-bound = Die Einladung ist für diese Adresse.
invited-as = Sie sind als { $address } angemeldet.
invited-join = Mit diesem Konto beitreten
invited-nothing = Sie sind als { $address } angemeldet. Sie haben hier schon ein Konto, also ist nichts weiter zu tun.
invited-other = Die Einladung ist für { $address }, und Sie sind als { $other } angemeldet. Melden Sie sich ab und öffnen Sie dann den Link noch einmal.
invited-over-title = Diese Einladung gilt nicht mehr
invited-over-lead = Sie wurde angenommen, ist abgelaufen oder wurde zurückgezogen. Um eine neue zu bekommen, wenden Sie sich an die Person, die Sie eingeladen hat.


## Check your email

check-email-title = Schauen Sie in Ihr Postfach
check-email-signup = Wir haben eine E-Mail an { $address } gesendet. Öffnen Sie den Link darin { duration-within }, um die Registrierung abzuschließen.
check-email-reset = Wenn es zu { $address } ein Konto gibt, haben wir eine E-Mail dorthin gesendet. Öffnen Sie den Link darin { duration-within }, um ein neues Passwort zu wählen.
check-email-confirm = Wenn { $address } noch nicht bestätigt ist, haben wir eine E-Mail dorthin gesendet. Öffnen Sie den Link darin { duration-within }.
check-email-nothing = Nichts angekommen? Es kann ein paar Minuten dauern. Bitte sehen Sie auch im Spam-Ordner nach.
check-email-newest = Wenn Sie schon einmal einen Link angefordert haben und keine neue E-Mail ankommt, nehmen Sie die neueste, die Sie haben.
check-email-again = Erneut senden
check-email-other = Andere Adresse angeben
check-email-contact = Immer noch nichts? Schreiben Sie an { $contact }.


## Confirm an email address

confirm-title = E-Mail-Adresse bestätigen
unconfirmed-lead = Öffnen Sie den Link in der E-Mail, die wir Ihnen gesendet haben. Ist sie nicht angekommen oder schon zu alt? Dann senden wir Ihnen eine neue.
unconfirmed-button = E-Mail erneut senden
unconfirmed-life = Bitte öffnen Sie den Link { duration-within }. Er funktioniert nur einmal.
back-to-login = Zurück zur Anmeldung
confirm-lead = Um { $address } zu bestätigen, geben Sie das Passwort ein, das Sie bei der Registrierung gewählt haben.
confirm-button = Bestätigen
confirm-unknown-password = Sie kennen es nicht? Dann wählen Sie ein neues Passwort. Damit sperren Sie auch alle anderen aus, die sich mit Ihrer Adresse registriert haben.
confirm-reset = Neues Passwort wählen
confirm-other-account = Sie sind als { $other } angemeldet. Wenn Sie { $address } bestätigen, wechseln Sie zum Konto mit dieser Adresse.


## Forgotten password

forgot-title = Passwort vergessen?
forgot-lead = Wir senden Ihnen per E-Mail einen Link, mit dem Sie ein neues Passwort wählen.
forgot-button = Link senden
forgot-life = Bitte öffnen Sie den Link { duration-within }. Er funktioniert nur einmal.
forgot-no-email = { $contact ->
    [none] Um ein neues Passwort zu wählen, brauchen Sie einen Link. Bitten Sie die Verantwortlichen dieser Website darum.
   *[other] Um ein neues Passwort zu wählen, brauchen Sie einen Link. Bitten Sie { $contact } darum.
}
reset-title = Neues Passwort
reset-lead = Wählen Sie ein neues Passwort für { $address }. Sie werden dann überall abgemeldet.
reset-name-hint = Wie sollen wir Sie nennen? Wir fragen, weil diese Adresse nie bestätigt wurde.
reset-button = Passwort speichern
reset-first-title = Willkommen
reset-first-lead = Wählen Sie ein Passwort für { $address }.
reset-first-name-hint = Wie sollen wir Sie nennen? Dieser Name wurde für Sie eingegeben.


## Links from emails

link-over-title = Dieser Link ist nicht mehr gültig
link-over-lead = Er wurde schon benutzt, er ist abgelaufen, oder es gibt inzwischen einen neueren Link oder ein neues Passwort. Wenn Sie ihn schon benutzt haben, ist alles erledigt.
link-over-login = Anmelden
link-over-new = Neuen Link anfordern
link-leave = Alles lassen, wie es ist

change-email-title = E-Mail-Adresse ändern?
change-email-lead = Künftig melden Sie sich mit { $address } an und erhalten dort unsere E-Mails. Geben Sie zur Bestätigung das Passwort Ihres Kontos ein.
change-email-button = E-Mail-Adresse ändern
change-email-not-you = Waren Sie das nicht? Vielleicht hat jemand aus Versehen Ihre Adresse eingegeben. Sie können diese Seite einfach schließen.

restore-email-title = Änderung Ihrer E-Mail-Adresse rückgängig machen?
restore-email-lead = Damit bekommt Ihr Konto seine alte Adresse { $address } zurück. Alle Geräte werden abgemeldet, und Ihr Passwort wird ungültig. Danach senden wir Ihnen per E-Mail einen Link, mit dem Sie ein neues wählen.
restore-email-button = Rückgängig machen

secure-title = Überall abmelden?
secure-lead = Damit werden alle Geräte des Kontos { $address } abgemeldet, und Ihr Passwort wird ungültig. Danach senden wir Ihnen per E-Mail einen Link, mit dem Sie ein neues wählen.
secure-button = Überall abmelden
secure-stays-on = { $contact ->
    [none] Es macht nicht rückgängig, dass am { $date } die Zwei-Faktor-Authentifizierung eingeschaltet wurde. Waren Sie das nicht, bitten Sie zuerst die Betreiber dieser Website um Hilfe.
   *[other] Es macht nicht rückgängig, dass am { $date } die Zwei-Faktor-Authentifizierung eingeschaltet wurde. Waren Sie das nicht, bitten Sie zuerst { $contact } um Hilfe.
}
secure-was-me = Nein, das war ich

secure-moved-title = Ihre E-Mail-Adresse wurde geändert
secure-moved-lead = { $address } gehört nicht mehr zu diesem Konto. Mit diesem Link können Sie seine Geräte deshalb nicht mehr abmelden.
secure-moved-revertible = Wenn Sie das nicht waren, können Sie Ihr Konto noch zurückbekommen. Wir haben eine E-Mail mit dem Betreff „{ $subject }“ an { $address } gesendet. Öffnen Sie den Link darin: Damit bekommt das Konto Ihre Adresse zurück, und alle Geräte werden abgemeldet.
secure-moved-life = Bitte tun Sie das { duration-within } nach der Änderung. Wenn Sie die E-Mail nicht finden, sehen Sie auch im Spam-Ordner nach.
secure-moved-over = { $contact ->
    [none] Diese Änderung lässt sich per E-Mail nicht mehr rückgängig machen. Wenn Sie das nicht waren, bitten Sie die Verantwortlichen dieser Website um Hilfe.
   *[other] Diese Änderung lässt sich per E-Mail nicht mehr rückgängig machen. Wenn Sie das nicht waren, bitten Sie { $contact } um Hilfe.
}

delete-title = Konto löschen?
delete-lead = Damit wird das Konto gelöscht, um das es in unserer E-Mail an { $address } ging, mit Name, Adresse, Geräten und Aktivitäten. Das lässt sich nicht rückgängig machen.
delete-button = Konto löschen


## Settings

settings-title = Einstellungen
settings-account = Konto
settings-devices = Geräte
settings-activity = Aktivitäten
settings-back = Zurück zum Konto
settings-cancel = Abbrechen

account-profile = Profil
account-security = E-Mail-Adresse und Passwort
account-data = Ihre Daten
account-save-name = Namen speichern
account-email = E-Mail-Adresse
account-change-email = E-Mail-Adresse ändern
account-confirmation = Bestätigung
account-unconfirmed = Ihre Adresse ist noch nicht bestätigt. Öffnen Sie den Link in der E-Mail, die wir Ihnen gesendet haben.
account-confirm-again = Erneut senden
account-pending = { $by ->
    [administrator] Ein Administrator hat einen Link erstellt, der sie in { $address } ändert, und wird ihn Ihnen geben.
    [command_line] Die Betreiber dieser Website haben einen Link erstellt, der sie in { $address } ändert, und werden ihn Ihnen geben.
   *[owner] Sie möchten Ihre Adresse in { $address } ändern. Öffnen Sie den Link in der E-Mail, die wir dorthin gesendet haben.
}
account-pending-cancel = Änderung abbrechen
account-password = Passwort
account-password-hint = Wenn Sie es ändern, werden alle anderen Geräte abgemeldet.
account-change-password = Passwort ändern
account-language = Sprache
account-language-hint = Die Seiten wechseln beim Speichern, unsere E-Mails erst eine Woche später. So kann niemand eine Warnung in einer fremden Sprache vor Ihnen verbergen.
account-language-automatic = Wie im Browser
account-language-save = Sprache speichern
account-handle = Benutzername in Apps
account-handle-hint = So kennen Sie die Apps dieser Website. Nur ein Administrator kann ihn ändern.
account-copy = Kopie Ihrer Daten
account-copy-hint = Alles, was diese Website über Sie gespeichert hat, als Datei.
account-copy-button = Herunterladen
account-terms = Sie haben die Nutzungsbedingungen (Fassung { $version }) am { $date } akzeptiert.
account-delete = Konto löschen
account-delete-hint = Das lässt sich nicht rückgängig machen.

email-page-title = E-Mail-Adresse ändern
email-page-now = Ihre Adresse lautet { $address }.
email-page-button = Link senden
email-page-lead = Wir senden einen Link an die neue Adresse. Öffnen Sie ihn { duration-within }, um die Adresse zu ändern.
email-page-undo = Wir benachrichtigen auch Ihre alte Adresse. Von dort aus können Sie die Änderung { duration-for } rückgängig machen.
email-page-no-email = { $contact ->
    [none] Um sie zu ändern, brauchen Sie einen Link. Bitten Sie die Verantwortlichen dieser Website darum.
   *[other] Um sie zu ändern, brauchen Sie einen Link. Bitten Sie { $contact } darum.
}

password-page-title = Passwort ändern
password-page-lead = Alle anderen Geräte werden dann abgemeldet.
password-page-button = Passwort ändern

close-title = Konto löschen
close-lead = Wenn Sie fortfahren, wird Ihr Konto { $address } gelöscht, mit Ihrem Namen, Ihrer Adresse, Ihren Geräten und Ihren Aktivitäten. Das lässt sich nicht rückgängig machen.
close-by-link = Zuerst senden wir Ihnen per E-Mail einen Link. Öffnen Sie ihn { duration-within }, um das Konto zu löschen.
close-by-link-where = Die E-Mail geht an Ihre Adresse. Nach einer Änderung der Adresse geht sie noch { duration-for } an die vorherige.
close-button-link = Link senden
close-button = Konto löschen

reauthenticate-title = Passwort bestätigen
reauthenticate-lead = Sie sind als { $address } angemeldet. Bitte geben Sie Ihr Passwort noch einmal ein.
reauthenticate-button = Weiter

logout-title = Abmelden
logout-question = Von { $site } abmelden?
logout-button = Abmelden


## Devices

devices-lead = Auf diesen Geräten sind Sie angemeldet. Ist eines dabei, das Sie nicht kennen? Dann melden Sie es ab und ändern Sie Ihr Passwort.
devices-here = Dieses Gerät
devices-remembered = Bleibt angemeldet
devices-began = Angemeldet: { $when }
devices-last-used = Zuletzt benutzt: { $when }
devices-apps = Auch angemeldet bei:
devices-end = Abmelden
devices-end-here = Hier abmelden
devices-end-others = Alle anderen abmelden
devices-none = Keine weiteren Geräte.


## Activity

activity-lead = { $count ->
    [one] Aktivitäten in Ihrem Konto in den letzten 24 Stunden.
   *[other] Aktivitäten in Ihrem Konto in den letzten { $count } Tagen.
}
activity-lead-short = Die neuesten Aktivitäten in Ihrem Konto.
activity-none = Noch keine Aktivitäten.
activity-end = Keine weiteren Aktivitäten.
activity-older = Ältere
activity-newest = Neueste
activity-unknown = Ist etwas Unbekanntes dabei? Passwort ändern

mark-wrong-password = Falsches Passwort
mark-new-browser = Neuer Browser
mark-password = Passwort
mark-email = E-Mail-Adresse
mark-wrong-code = Falscher Code
mark-security = Sicherheit


## Events

event-signed-up = { $actor ->
    [administrator] Ein Administrator hat Ihr Konto erstellt
    [command_line] Ihr Konto wurde erstellt
   *[owner] Sie haben sich registriert
}
event-logged-in = { $remembered ->
    [yes] Sie haben sich angemeldet, und das Gerät bleibt angemeldet
   *[no] Sie haben sich angemeldet
}
event-logged-in-new-browser = { $remembered ->
    [yes] Sie haben sich mit einem neuen Browser angemeldet, und er bleibt angemeldet
   *[no] Sie haben sich mit einem neuen Browser angemeldet
}
event-resumed-by-device = Sie wurden automatisch angemeldet
event-password-wrong = Falsches Passwort eingegeben
event-barred-unconfirmed = Anmeldung abgelehnt: Die E-Mail-Adresse ist nicht bestätigt
event-barred-disabled = Anmeldung abgelehnt: Das Konto ist gesperrt
event-passwords-paused = Zu viele falsche Passwörter: Weitere Versuche müssen warten
event-unlocked = { $actor ->
    [administrator] Ein Administrator hat die Wartezeit nach falschen Passwörtern beendet
   *[owner] Die Wartezeit nach falschen Passwörtern wurde beendet
}
event-network-unlocked = Die Wartezeit eines Netzes nach falschen Passwörtern wurde beendet
event-reauthenticated = Sie haben bestätigt, dass Sie es sind
event-device-remembered = Sie haben „{ login-remember }“ gewählt
event-device-reused = Eine gespeicherte Anmeldung wurde zweimal benutzt, deshalb haben wir das Gerät abgemeldet
event-logged-out = Sie haben sich abgemeldet
event-device-ended = { $actor ->
    [administrator] Ein Administrator hat eines Ihrer Geräte abgemeldet
   *[owner] Sie haben ein anderes Gerät abgemeldet
}
event-others-ended = Sie haben alle anderen Geräte abgemeldet
event-all-ended = Ein Administrator hat alle Ihre Geräte abgemeldet
event-password-changed = { $actor ->
    [command_line] Ihr Passwort wurde geändert
   *[owner] Sie haben Ihr Passwort geändert
}
event-password-reset = Sie haben über einen Link ein neues Passwort gewählt
event-reset-link-made = { $actor ->
    [administrator] Ein Administrator hat einen Link für ein neues Passwort erstellt
    [command_line] Ein Link für ein neues Passwort wurde erstellt
   *[owner] Jemand hat einen Link für ein neues Passwort angefordert
}
event-confirmed = { $actor ->
    [administrator] Ein Administrator hat Ihre E-Mail-Adresse bestätigt
   *[owner] Sie haben Ihre E-Mail-Adresse bestätigt
}
event-email-change-asked = { $actor ->
    [administrator] Ein Administrator hat einen Link erstellt, mit dem sich Ihre E-Mail-Adresse ändern lässt
   *[owner] Sie haben eine Änderung Ihrer E-Mail-Adresse beantragt
}
event-email-change-cancelled = Sie haben die Änderung Ihrer E-Mail-Adresse abgebrochen
event-email-changed = Sie haben Ihre E-Mail-Adresse geändert
event-email-restored = Die Änderung Ihrer E-Mail-Adresse wurde rückgängig gemacht
event-close-asked = Sie haben die Löschung Ihres Kontos beantragt
event-secured = Über einen Link in einer E-Mail wurden alle Geräte abgemeldet, und das bisherige Passwort wurde ungültig
event-name-changed = { $actor ->
    [command_line] Ihr Name wurde geändert
   *[owner] Sie haben Ihren Namen geändert
}
event-handle-changed = { $actor ->
    [administrator] Ein Administrator hat Ihren Benutzernamen in Apps geändert
   *[owner] Ihr Benutzername in Apps wurde geändert
}
event-exported = { $actor ->
    [command_line] Eine Kopie Ihrer Daten wurde erstellt
   *[owner] Sie haben eine Kopie Ihrer Daten heruntergeladen
}
event-disabled = { $actor ->
    [administrator] Ein Administrator hat das Konto gesperrt
   *[owner] Das Konto wurde gesperrt
}
event-enabled = { $actor ->
    [administrator] Ein Administrator hat das Konto wieder freigegeben
   *[owner] Das Konto wurde wieder freigegeben
}
event-group-created = Eine Gruppe wurde erstellt
event-group-deleted = Eine Gruppe wurde gelöscht
event-group-title-changed = Der Titel einer Gruppe wurde geändert
event-connected-app-created = Eine App wurde hinzugefügt
event-connected-app-changed = Eine App wurde geändert
event-connected-app-disabled = Eine App wurde gesperrt
event-connected-app-enabled = Eine App wurde wieder freigegeben
event-connected-app-deleted = Eine App wurde entfernt
event-group-joined = { $actor ->
    [administrator] Ein Administrator hat Sie in eine Gruppe aufgenommen
   *[owner] Sie wurden in eine Gruppe aufgenommen
}
event-group-left = { $actor ->
    [administrator] Ein Administrator hat Sie aus einer Gruppe entfernt
   *[owner] Sie wurden aus einer Gruppe entfernt
}
event-invitation-made = Eine Einladung wurde erstellt
event-invitation-renewed = Eine Einladung bekam einen neuen Link
event-invitation-revoked = Eine Einladung wurde zurückgezogen
event-invitation-used = Sie haben eine Einladung angenommen
event-email-retried = Ein Administrator hat noch einmal versucht, Ihnen eine E-Mail zu senden
event-email-dropped = Ein Administrator hat eine E-Mail an Sie verworfen, bevor sie gesendet wurde
event-factor-added = Eine Authenticator-App oder ein Passkey wurde hinzugefügt
event-factor-removed = { $actor ->
    [administrator] Ein Administrator hat eine Authenticator-App, einen Passkey oder Wiederherstellungscodes entfernt
   *[owner] Eine Authenticator-App, ein Passkey oder Wiederherstellungscodes wurden entfernt
}
event-factor-replaced = Ihre Authenticator-App wurde durch eine andere ersetzt
event-two-factor-on = Die Zwei-Faktor-Authentifizierung wurde eingeschaltet
event-two-factor-off = { $actor ->
    [administrator] Ein Administrator hat die Zwei-Faktor-Authentifizierung ausgeschaltet
   *[owner] Die Zwei-Faktor-Authentifizierung wurde ausgeschaltet
}
event-factor-wrong = Falscher Code eingegeben, oder ein Passkey wurde abgelehnt
event-factors-paused = Zu viele falsche Codes: Weitere Versuche müssen warten
event-app-stopped = Zu viele falsche Codes: Ihre Authenticator-App muss neu eingerichtet werden
event-recovery-code-used = Ein Wiederherstellungscode wurde benutzt
event-recovery-code-made = Ein Wiederherstellungscode für Ihr Konto wurde erstellt
event-recovery-codes-kept = Wiederherstellungscodes wurden eingerichtet: Nur diese gelten
event-passkey-renamed = Sie haben einen Passkey umbenannt
event-passkey-counter = Ein Passkey wurde benutzt, von dem es vielleicht eine Kopie gibt
event-passkey-backup-changed = Die Sicherung eines Passkeys wurde ein- oder ausgeschaltet
event-passkeys-rest = Ihre Passkeys brauchen jetzt zusätzlich Ihr Passwort
event-passkeys-woken = Ihre Passkeys gelten wieder ohne Ihr Passwort
event-deleted = Das Konto wurde gelöscht
event-unknown = Etwas, das diese Version des Programms nicht kennt
event-app-unknown = Etwas, das diese Version der Anwendung nicht kennt
event-unknown-actor = Durch eine Stelle, die diese Version des Programms nicht kennt


## Notices

notice-log-in-first = Bitte melden Sie sich an, um diese Seite aufzurufen.
notice-log-in-first-typed = Bitte melden Sie sich an, um diese Seite aufzurufen. Ihre Eingaben wurden nicht gespeichert.
notice-session-idle = Sie wurden { duration-after } ohne Aktivität abgemeldet. Bitte melden Sie sich wieder an.
notice-session-idle-typed = Sie wurden { duration-after } ohne Aktivität abgemeldet. Bitte melden Sie sich wieder an. Ihre Eingaben wurden nicht gespeichert.
notice-session-old = Zu Ihrer Sicherheit wurden Sie { duration-after } abgemeldet. Bitte melden Sie sich wieder an.
notice-session-old-typed = Zu Ihrer Sicherheit wurden Sie { duration-after } abgemeldet. Bitte melden Sie sich wieder an. Ihre Eingaben wurden nicht gespeichert.
notice-email-taken = Diese E-Mail-Adresse ist bereits registriert.
notice-email-taken-login = Stattdessen anmelden.
notice-log-in-failed = Bitte prüfen Sie Ihre Anmeldedaten und versuchen Sie es noch einmal.
notice-log-in-failed-or-unconfirmed = Bitte prüfen Sie Ihre Anmeldedaten und versuchen Sie es noch einmal. Wenn Sie sich gerade erst registriert haben, bestätigen Sie zuerst Ihre E-Mail-Adresse.
notice-confirm-first = Bitte prüfen Sie Ihre Anmeldedaten und versuchen Sie es noch einmal. Wenn Sie sich gerade erst registriert haben, bestätigen Sie zuerst Ihre E-Mail-Adresse: Öffnen Sie den Link in der E-Mail, die wir Ihnen gesendet haben.
notice-account-ready = Ihr Konto ist bereit. Bitte melden Sie sich an.
notice-invitation-accepted = Sie haben die Einladung angenommen.
notice-logged-out = Sie sind jetzt abgemeldet.
notice-switched = Sie sind jetzt abgemeldet und können sich neu anmelden.
notice-switch-first = In diesem Browser ist schon ein Konto angemeldet. Es wurde nichts geändert.
notice-reauthenticate-first = Bitte bestätigen Sie zu Ihrer Sicherheit, dass Sie es sind.
notice-reauthenticate-again = Bitte bestätigen Sie zu Ihrer Sicherheit, dass Sie es sind. Ihre Eingaben konnten nicht gespeichert werden. Bitte geben Sie danach alles noch einmal ein.
notice-reauthenticate-download = Bitte bestätigen Sie zu Ihrer Sicherheit, dass Sie es sind. Drücken Sie danach noch einmal auf „{ account-copy-button }“.
notice-device-ended = Das Gerät wurde abgemeldet.
notice-others-ended = Alle anderen Geräte wurden abgemeldet.
notice-name-changed = Ihr Name wurde geändert.
notice-name-unchanged = Das ist bereits Ihr Name. Es wurde nichts geändert.
notice-language-changed = Ihre Sprache wurde geändert.
notice-password-changed = Ihr Passwort wurde geändert. Alle anderen Geräte wurden abgemeldet.
notice-password-reset = Ihr Passwort wurde geändert. Bitte melden Sie sich an.
notice-password-first = Ihr Passwort ist gespeichert. Bitte melden Sie sich an.
notice-confirm-sent = Fast geschafft. Wir haben Ihnen eine E-Mail gesendet. Öffnen Sie den Link darin, um Ihre Adresse zu bestätigen.
notice-link-asked = Wenn es zu dieser Adresse ein Konto gibt, haben wir einen Link dorthin gesendet. Es kann ein paar Minuten dauern. Sehen Sie auch im Spam-Ordner nach.
notice-confirm-asked = Wenn diese Adresse noch nicht bestätigt ist, haben wir einen Link dorthin gesendet. Es kann ein paar Minuten dauern. Sehen Sie auch im Spam-Ordner nach.
notice-confirmed = Ihre E-Mail-Adresse ist bestätigt.
notice-already-confirmed = Ihre E-Mail-Adresse ist bereits bestätigt.
notice-email-asked = Wir haben einen Link an die neue Adresse gesendet. Ihre Adresse ändert sich erst, wenn Sie ihn öffnen.
notice-email-cancelled = Ihre E-Mail-Adresse bleibt, wie sie ist. Der Link, den wir gesendet haben, ist nicht mehr gültig.
notice-email-changed = Ihre E-Mail-Adresse wurde geändert.
notice-email-taken-elsewhere = Diese Adresse gehört zu einem anderen Konto. Es wurde nichts geändert.
notice-email-restored = Ihre alte E-Mail-Adresse gilt wieder, und Sie wurden überall abgemeldet. Wir haben Ihnen per E-Mail einen Link für ein neues Passwort gesendet.
notice-secured = Sie wurden überall abgemeldet. Wir haben Ihnen per E-Mail einen Link für ein neues Passwort gesendet.
notice-close-asked = Wir haben Ihnen per E-Mail einen Link gesendet. Gelöscht wird erst, wenn Sie ihn öffnen und dort auf „{ delete-button }“ drücken.
notice-account-deleted = Ihr Konto wurde gelöscht.
notice-device-reused = Wir haben ein Gerät abgemeldet: Dieselbe Anmeldung wurde an zwei Stellen benutzt, vielleicht hat jemand sie kopiert. Wenn Sie sich das nicht erklären können, ändern Sie Ihr Passwort.
notice-other-account = Sie haben die Seite mit einem anderen Konto geöffnet. Es wurde nichts geändert. Bitte versuchen Sie es hier noch einmal.
notice-device-logged-out = { $actor ->
    [administrator] Dieses Gerät wurde am { $date } um { $time } von einem Administrator dieser Website abgemeldet.
    [command_line] Dieses Gerät wurde am { $date } um { $time } von den Verantwortlichen dieser Website abgemeldet.
   *[owner] Dieses Gerät wurde am { $date } um { $time } { browser-from } abgemeldet.
}


## Errors of forms

form-not-whole = Ein Teil des Formulars ist verloren gegangen. Bitte füllen Sie es noch einmal aus.
form-other-link = Dieses Formular gehörte zu einem anderen Link. Es wurde nichts geändert. Auf dieser Seite geht es um den Link, den Sie zuletzt geöffnet haben.
form-email-empty = Bitte geben Sie Ihre E-Mail-Adresse ein.
form-email-invalid = Bitte geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel ada@example.org.
form-email-same = Das ist bereits Ihre E-Mail-Adresse.
form-email-not-own = Bitte geben Sie die E-Mail-Adresse dieses Kontos ein.
form-email-of-another = Das ist nicht die E-Mail-Adresse dieses Kontos.
form-name-empty = Bitte geben Sie Ihren Namen ein.
form-name-empty-of-another = Ein Konto braucht einen Namen.
form-name-long = Bitte geben Sie höchstens { $most } Zeichen ein.
form-name-unprintable = Bitte entfernen Sie die unsichtbaren Zeichen.
form-name-invisible = Bitte geben Sie einen Namen ein, den man sehen kann.
form-name-piled = Bitte setzen Sie weniger Akzente auf einen Buchstaben.
form-handle-malformed = Verwenden Sie 1 bis 32 Zeichen: a-z, 0-9, Punkte, Unterstriche und Bindestriche, zuerst und zuletzt einen Buchstaben oder eine Ziffer.
form-handle-reserved = Dieser Name hat in Apps eine eigene Bedeutung. Wählen Sie einen anderen.
form-password-empty = Bitte geben Sie Ihr Passwort ein.
form-password-wrong = Das ist nicht Ihr Passwort. Bitte versuchen Sie es noch einmal.
form-password-wrong-account = Das ist nicht das Passwort dieses Kontos. Bitte versuchen Sie es noch einmal.
form-password-same = Das ist bereits Ihr Passwort. Bitte wählen Sie ein anderes.
form-new-password-empty = Bitte geben Sie ein Passwort ein.
form-new-password-short = Das Passwort braucht mindestens { $least } Zeichen.
form-new-password-long = Das Passwort darf höchstens { $most } Zeichen haben.
form-new-password-named = Dieses Passwort ist leicht zu erraten. Benutzen Sie nicht Ihre Adresse, Ihren Namen oder den Namen dieser Website.
form-new-password-example = Dieses Passwort ist ein Beispiel, das diese Website zeigt. Nehmen Sie eigene Wörter.
form-new-password-unjudged = Wir konnten dieses Passwort nicht prüfen. Bitte versuchen Sie es mit einem anderen.
form-new-password-weak = Dieses Passwort ist leicht zu erraten.
form-terms = Bitte akzeptieren Sie die Nutzungsbedingungen, um sich zu registrieren.
form-language = Bitte wählen Sie eine Sprache aus der Liste.
form-close-confirmed = Ihre E-Mail-Adresse wurde gerade erst bestätigt. Es wurde nichts gelöscht. Um das Konto zu löschen, brauchen Sie jetzt einen Link, den wir Ihnen per E-Mail senden. Bitte geben Sie dafür Ihr Passwort noch einmal ein.
last-admin = Das ist der letzte Administrator. Bestimmen Sie zuerst einen anderen.
close-last-admin = Sie sind der letzte Administrator, der sich anmelden kann. Bestimmen Sie zuerst einen anderen.
form-cookie-insecure = Wir konnten Sie nicht anmelden, weil diese Seite ohne Verschlüsselung geöffnet wurde. Öffnen Sie { $url } und melden Sie sich dort an.
form-cookie-blocked = Wir konnten Sie nicht anmelden, weil Ihr Browser das Cookie dieser Website nicht behalten hat. Erlauben Sie Cookies für diese Website und melden Sie sich dann noch einmal an.


## Passwords that are easy to guess

warn-key-rows = Tasten in einer Reihe, wie „qwertz“, sind leicht zu erraten.
warn-key-pattern = Kurze Muster auf der Tastatur sind leicht zu erraten.
warn-repeated-letter = Wiederholungen wie „aaa“ sind leicht zu erraten.
warn-repeated-part = Wiederholungen wie „abcabcabc“ sind nur wenig schwerer zu erraten als „abc“.
warn-top-10 = Das ist eines der zehn häufigsten Passwörter.
warn-top-100 = Das ist eines der häufigsten Passwörter.
warn-common = Viele Menschen benutzen dieses Passwort.
warn-like-common = Das ähnelt sehr einem Passwort, das viele Menschen benutzen.
warn-sequence = Folgen wie „abc“ oder „6543“ sind leicht zu erraten.
warn-year = Jahreszahlen aus jüngerer Zeit sind leicht zu erraten.
warn-one-word = Ein einzelnes Wort ist leicht zu erraten.
warn-date = Ein Datum ist oft leicht zu erraten.
warn-one-name = Ein einzelner Name ist leicht zu erraten.
warn-common-name = Häufige Namen sind leicht zu erraten.

advice-few-words = Nehmen Sie einige Wörter, die nicht zusammengehören, keine bekannte Redewendung.
advice-no-symbols = Sonderzeichen, Ziffern und Großbuchstaben sind nicht nötig.
advice-more-words = Fügen Sie ein oder zwei Wörter hinzu. Seltene Wörter sind besser.
advice-capital = Ein Großbuchstabe hilft nicht viel.
advice-all-capitals = Nur Großbuchstaben sind fast so leicht zu erraten wie nur Kleinbuchstaben.
advice-reversed = Rückwärts geschriebene Wörter sind kaum schwerer zu erraten.
advice-look-alikes = Zeichen anstelle von Buchstaben, wie „@“ statt „a“, helfen nicht viel.
advice-longer-pattern = Nehmen Sie ein längeres Muster auf der Tastatur, mit mehr Richtungswechseln.
advice-no-repeats = Wiederholen Sie keine Wörter oder Buchstaben.
advice-no-sequences = Vermeiden Sie Folgen von Buchstaben oder Ziffern.
advice-no-years = Vermeiden Sie Jahreszahlen aus jüngerer Zeit.
advice-no-own-years = Vermeiden Sie Jahreszahlen, die mit Ihnen zu tun haben.
advice-no-own-dates = Vermeiden Sie Datumsangaben und Jahreszahlen, die mit Ihnen zu tun haben.


## Too many

limit-log-in = Zu viele Anmeldungen über Ihren Internetanschluss. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-wrong-password = Zu viele falsche Passwörter über Ihren Internetanschluss. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-reauthenticate = Zu viele falsche Passwörter. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-paused = Zu viele falsche Passwörter für dieses Konto. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-codes-paused = Zu viele falsche Codes für dieses Konto. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-recovery-code = Zu viele falsche Wiederherstellungscodes über Ihren Internetanschluss. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-judge-password = Sie haben viele neue Passwörter ausprobiert. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-ask-for-mail = Über Ihren Internetanschluss wurden zu viele E-Mails angefordert. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-mail-by-administrator = Administratoren haben in der letzten Stunde viele E-Mails an diese Adresse gesendet. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-sign-up = Zu viele Registrierungen über Ihren Internetanschluss. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-rename = Sie haben Ihren Namen in der letzten Stunde oft geändert. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-export = Sie haben in der letzten Stunde mehrere Kopien Ihrer Daten heruntergeladen. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-export-underway = Eine Kopie Ihrer Daten wird bereits erstellt. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-email-changed = Ihre E-Mail-Adresse wurde zu oft geändert. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-no-room = Wir können gerade keine E-Mails senden. Bitte versuchen Sie es in ein paar Minuten noch einmal.


## Error pages

error-403 = Wir konnten dieses Formular nicht annehmen
error-403-advice = Öffnen Sie die Seite auf dieser Website und versuchen Sie es noch einmal.
not-a-member = Diese Seite ist für Sie nicht zugänglich
not-a-member-advice = { $contact ->
    [none] Nur bestimmte Personen können sie öffnen. Wenn Sie dazugehören sollten, wenden Sie sich an die Verantwortlichen dieser Website.
   *[other] Nur bestimmte Personen können sie öffnen. Wenn Sie dazugehören sollten, wenden Sie sich an { $contact }.
}
admin-remembered = Melden Sie sich für diese Seite noch einmal an
admin-remembered-advice = Dieses Gerät ist von selbst angemeldet geblieben. Melden Sie sich für diese Seite zuerst ab und dann wieder an.
admin-remembered-button = Abmelden und neu anmelden
error-404 = Diese Seite gibt es nicht
error-404-advice = Prüfen Sie die Adresse oder beginnen Sie auf der Startseite.
error-405 = Diese Seite lässt sich so nicht öffnen
error-405-advice = Beginnen Sie auf der Startseite, oder gehen Sie zurück und versuchen Sie es noch einmal.
error-408 = Ihre Verbindung war zu langsam
error-408-advice = Prüfen Sie Ihre Internetverbindung und senden Sie das Formular noch einmal.
error-409 = Das wurde nicht ausgeführt
error-409-advice = In der Zwischenzeit hat sich etwas geändert. Öffnen Sie die Seite noch einmal und sehen Sie sie an, bevor Sie das Formular senden.
error-413 = Ihre Eingaben waren zu lang
error-413-advice = Gehen Sie zurück, kürzen Sie Ihre Eingaben und senden Sie das Formular noch einmal.
error-415 = Wir konnten dieses Formular nicht lesen
error-415-advice = Öffnen Sie die Seite auf dieser Website und senden Sie das Formular noch einmal.
error-421 = Diese Seite hat eine andere Adresse
error-421-advice = Bitte öffnen Sie sie dort.
error-421-button = Weiter zu { $url }
error-429 = Zu viele Anfragen über Ihren Internetanschluss
error-429-advice = Bitte warten Sie einen Moment und versuchen Sie es dann noch einmal.
error-429-wait = Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
error-503 = Wir sind gerade überlastet
error-503-advice = Bitte gehen Sie zurück und versuchen Sie es in ein paar Sekunden noch einmal.
error-emails-wait = Wir können gerade keine E-Mails senden
error-emails-wait-advice = Bitte versuchen Sie es in ein paar Minuten noch einmal.
error-underway = Das ist noch in Arbeit
error-underway-advice = Das Formular wurde zweimal gesendet, und das erste ist noch nicht fertig bearbeitet. Warten Sie ein paar Sekunden. Prüfen Sie dann, ob alles erledigt ist, bevor Sie es noch einmal senden.
error-no-email = Diese Website sendet keine E-Mails
error-no-email-advice = { $contact ->
    [none] Bitten Sie die Verantwortlichen dieser Website um einen Link.
   *[other] Bitten Sie { $contact } um einen Link.
}
error-400 = Mit dieser Anfrage stimmte etwas nicht
error-400-advice = Gehen Sie zurück und versuchen Sie es noch einmal.
error-500 = Bei uns ist etwas schiefgegangen
error-500-advice = { $contact ->
    [none] Bitte versuchen Sie es gleich noch einmal. Wenn es immer wieder passiert, nennen Sie den Verantwortlichen dieser Website diesen Fehlercode.
   *[other] Bitte versuchen Sie es gleich noch einmal. Wenn es immer wieder passiert, senden Sie diesen Fehlercode an { $contact }.
}
error-code = Fehlercode: { $code }
error-home = Zur Startseite


## Emails: what they share

# an exclamation mark: after a comma, German would go on with a small letter
email-hello-name = Guten Tag { $name }!
email-hello = Guten Tag!
email-when = Wann: { $date }, { $time }
email-where = Wo: IP-Adresse { $ip }
email-browser = Browser: { browser }
email-by-operator = Wer: die Verantwortlichen dieser Website
email-by-administrator = Wer: ein Administrator dieser Website
email-life = Bitte öffnen Sie den Link { duration-within }. Er funktioniert nur einmal.
email-link-text = Wenn die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:
email-was-you = Wenn Sie das waren, müssen Sie nichts tun.
email-new-password-button = Neues Passwort wählen
email-sent-by = Diese E-Mail wurde von { $site } gesendet, { $url }.
email-no-reply = { $contact ->
    [none] Bitte antworten Sie nicht auf diese E-Mail. Dieses Postfach wird nicht gelesen.
   *[other] Fragen? Schreiben Sie an { $contact }.
}


## Email: confirm

email-confirm-subject = Bestätigen Sie Ihre E-Mail-Adresse für { $site }
email-confirm-lead = Jemand (hoffentlich Sie selbst) hat sich mit dieser Adresse bei { $site } registriert. Um zu bestätigen, dass sie Ihnen gehört, öffnen Sie diesen Link und geben Sie das Passwort ein, das Sie gewählt haben:
email-confirm-button = Adresse bestätigen
email-confirm-not-you = Wenn Sie das nicht waren, beachten Sie diese E-Mail nicht weiter. Ohne das Passwort bewirkt der Link nichts.


## Email: reset

email-reset-subject = Neues Passwort für { $site } wählen
email-reset-lead = { $actor ->
    [command_line] Die Verantwortlichen von { $site } senden Ihnen diesen Link, mit dem Sie ein neues Passwort für Ihr Konto { $address } wählen:
   *[owner] Jemand möchte das Passwort Ihres Kontos { $address } zurücksetzen. Um ein neues zu wählen, öffnen Sie diesen Link:
}
email-reset-newest = Wenn Sie mehrere Links angefordert haben, funktioniert jeder davon, bis Sie einen benutzt haben.
email-reset-not-you = Wenn Sie das nicht waren, beachten Sie diese E-Mail nicht weiter. Ihr Passwort bleibt, wie es ist.


## Email: taken

email-taken-subject = Sie haben bereits ein Konto bei { $site }
email-taken-lead = Jemand (vielleicht Sie selbst) wollte diese Adresse für ein Konto benutzen. Es gibt aber schon ein Konto mit dieser Adresse. Deshalb hat sich nichts geändert.
email-taken-forgot = Wenn Sie das waren und Ihr Passwort nicht kennen, wählen Sie hier ein neues:
email-taken-not-you = Wenn Sie das nicht waren, müssen Sie nichts tun.


## Email: change

email-change-subject = Bestätigen Sie Ihre neue E-Mail-Adresse für { $site }
email-change-lead = Jemand (hoffentlich Sie selbst) möchte diese Adresse für ein Konto bei { $site } benutzen. Um sie zu bestätigen, öffnen Sie diesen Link und geben Sie das Passwort dieses Kontos ein:
email-change-button = Diese Adresse benutzen
email-change-not-you = Wenn Sie das nicht waren, beachten Sie diese E-Mail nicht weiter. Ohne das Passwort bewirkt der Link nichts.


## Email: changed

email-changed-subject = Ihre E-Mail-Adresse bei { $site } wurde geändert
email-changed-lead = Die E-Mail-Adresse Ihres Kontos ist jetzt { $address }. Wir schreiben Ihnen künftig dorthin.
email-changed-undo = Waren Sie das nicht? Dann machen Sie die Änderung hier rückgängig. Ihr Konto bekommt diese Adresse zurück, alle Geräte werden abgemeldet, und Sie wählen ein neues Passwort:
email-changed-button = Rückgängig machen
email-changed-life = Bitte öffnen Sie den Link { duration-within } nach der Änderung. Er funktioniert nur einmal.


## Email: moved

email-moved-subject = Ihr Konto bei { $site } hat eine andere E-Mail-Adresse
email-moved-lead = Ihr Konto { $address } hat jetzt eine andere E-Mail-Adresse. Sie wurde mit einem Link geändert, der von den Verantwortlichen dieser Website kam.
email-moved-not-you = { $contact ->
    [none] Wenn Sie nicht darum gebeten haben, wenden Sie sich an die Verantwortlichen dieser Website.
   *[other] Wenn Sie nicht darum gebeten haben, wenden Sie sich an { $contact }.
}


## Email: password

email-password-subject = Ihr Passwort bei { $site } wurde geändert
email-password-lead = { $actor ->
    [command_line] Das Passwort Ihres Kontos { $address } wurde geändert. Alle Geräte wurden abgemeldet.
   *[owner] Das Passwort Ihres Kontos { $address } wurde geändert. Alle anderen Geräte wurden abgemeldet.
}
email-password-not-you = Waren Sie das nicht? Dann wählen Sie sofort ein neues Passwort:


## Email: name

email-name-subject = Ihr Name bei { $site } wurde geändert
email-name-lead = Der Name Ihres Kontos { $address } wurde geändert.
email-name-not-you = Waren Sie das nicht? Dann hat vielleicht noch jemand anderes Zugang zu Ihrem Konto. Wählen Sie ein neues Passwort; damit werden alle Geräte abgemeldet:


## Email: device

email-device-subject = Neue Anmeldung bei { $site }
email-device-lead = Jemand hat sich mit Ihrem Konto { $address } angemeldet. Den Browser kannten wir noch nicht, oder er wurde seit der letzten Änderung Ihres Passworts nicht benutzt.
email-device-not-you = Waren Sie das nicht? Hier melden Sie alle Geräte ab und wählen ein neues Passwort:
email-device-button = Überall abmelden


## Email: guesses

email-guesses-subject = Fehlgeschlagene Anmeldungen bei { $site }
email-guesses-lead = Für Ihr Konto { $address } wurde mehrmals nacheinander ein falsches Passwort eingegeben. Jeder weitere Versuch muss länger warten.
email-guesses-forgot = Wenn Sie das waren und Ihr Passwort nicht kennen, wählen Sie hier ein neues:
email-guesses-not-you = Wenn Sie das nicht waren, müssen Sie nichts tun, solange Ihr Passwort schwer zu erraten ist und Sie es nirgendwo sonst benutzen.


## Email: several

email-several-subject = Mehrere Ereignisse in Ihrem Konto bei { $site }
email-several-lead = Hier lesen Sie, was in Ihrem Konto { $address } geschehen ist. Es war viel, deshalb haben wir es in einer E-Mail zusammengefasst.
email-several-device = Jemand hat sich mit einem Browser angemeldet, den wir noch nicht kannten oder der seit der letzten Änderung des Passworts nicht benutzt wurde.
email-several-password = { $actor ->
    [command_line] Das Passwort wurde geändert, und alle Geräte wurden abgemeldet.
   *[owner] Das Passwort wurde geändert, und alle anderen Geräte wurden abgemeldet.
}
email-several-name = Der Name wurde geändert.
email-several-guesses = Mehrmals nacheinander wurde ein falsches Passwort eingegeben.
email-several-unknown = Etwas anderes ist geschehen.
email-several-when = { $times ->
    [one] Wann: { $date }, { $time }
   *[other] Wann: { $times }-mal, zuletzt am { $date } um { $time }
}
email-several-elsewhere = Wo: andere Browser oder IP-Adressen
email-several-not-you = Ist etwas dabei, das Sie nicht kennen? Hier melden Sie alle Geräte ab und wählen ein neues Passwort:
email-several-moved = Ihr Konto hat inzwischen eine andere E-Mail-Adresse. Wenn Sie das nicht waren, machen Sie die Änderung rückgängig. Den Link dafür finden Sie in der E-Mail, die wir Ihnen dazu gesendet haben.


## Email: close

email-close-subject = Ihr Konto bei { $site } löschen
email-close-lead = Jemand (hoffentlich Sie selbst) möchte Ihr Konto { $address } löschen, mit Name, Adresse, Geräten und Aktivitäten. Um es zu löschen, öffnen Sie diesen Link und drücken Sie dort auf „{ delete-button }“:
email-close-button = Konto löschen
email-close-until = Bis dahin wird nichts gelöscht. Danach lässt sich das Löschen nicht mehr rückgängig machen.
email-close-not-you = Waren Sie das nicht? Dann öffnen Sie den Link nicht. Jemand anderes kennt Ihr Passwort. Wählen Sie deshalb ein neues:
email-close-not-you-moved = Waren Sie das nicht? Dann öffnen Sie den Link nicht. Ihr Konto hat inzwischen eine andere E-Mail-Adresse. Machen Sie diese Änderung rückgängig und wählen Sie ein neues Passwort. Den Link dafür finden Sie in der E-Mail, die wir Ihnen dazu gesendet haben.


## Email: invitation

email-invitation-subject = Sie sind zu { $site } eingeladen
email-invitation-lead = Die Verantwortlichen von { $site } laden Sie ein, dabei zu sein. Um die Einladung anzunehmen, öffnen Sie diesen Link:
email-invitation-button = Einladung annehmen
email-invitation-account = Wenn Sie dort schon ein Konto haben, melden Sie sich zuerst an. Öffnen Sie danach den Link.
email-invitation-not-you = Wenn Sie diese E-Mail nicht erwartet haben, beachten Sie sie nicht weiter. Solange Sie den Link nicht verwenden, geschieht nichts.


## Emails: administration

email-account-made-subject = Ein Konto für Sie bei { $site }
email-account-made-lead = Die Verantwortlichen von { $site } haben ein Konto für Sie erstellt: { $address }. Um Ihr Passwort zu wählen, öffnen Sie diesen Link:
email-account-made-button = Passwort wählen
email-account-made-later = Wenn der Link nicht mehr funktioniert, erhalten Sie hier einen neuen: { $url }
email-account-made-not-you = Wenn Sie diese Website nicht kennen, ignorieren Sie diese E-Mail: Ohne den Link kann niemand das Konto benutzen.
email-link-made-subject = Für Ihr Konto bei { $site } wurde ein Link erstellt
email-link-made-lead = Ein Administrator hat einen Link erstellt, mit dem sich das Passwort oder die Adresse Ihres Kontos { $address } ändern lässt. Er gibt ihn Ihnen.
email-link-made-not-you = { $contact ->
    [none] Wenn Sie nicht darum gebeten haben, wenden Sie sich an die Verantwortlichen dieser Website.
   *[other] Wenn Sie nicht darum gebeten haben, wenden Sie sich an { $contact }.
}
email-several-link-made = Ein Administrator hat einen Link erstellt, mit dem sich Passwort oder Adresse ändern lassen.
email-deleted-subject = Ihr Konto bei { $site } wurde gelöscht
email-deleted-lead = Ein Administrator hat Ihr Konto { $address } gelöscht, mit allem, was dazugehörte.
email-deleted-not-you = { $contact ->
    [none] Wenn Sie das nicht erwartet haben, fragen Sie die Verantwortlichen dieser Website.
   *[other] Wenn Sie das nicht erwartet haben, fragen Sie { $contact }.
}


## Email: test

email-test-subject = Test-E-Mail von { $site }
email-test-lead = Das ist ein Test. E-Mails von { $site } ({ $url }) kommen bei Ihnen an.


## Second factors

settings-security = Sicherheit
security-two-factor = Zwei-Faktor-Authentifizierung
security-on = Eingeschaltet
security-off = Ausgeschaltet
security-since = Eingeschaltet seit { $date }.
security-off-hint = Ist sie an, reicht Ihr Passwort allein zum Anmelden nicht mehr: Es braucht zusätzlich eine App oder einen Passkey auf einem Ihrer Geräte.
security-factor-first = Richten Sie zuerst eine Authenticator-App ein oder fügen Sie einen Passkey hinzu.
security-required = Auf dieser Website ist die Zwei-Faktor-Authentifizierung vorgeschrieben.
security-asks-passkey = Darum fragt diese Website nach dem Passwort nach Ihrem Passkey.
security-turn-on = Einschalten
security-turn-off = Ausschalten
security-app = Authenticator-App
security-app-added = Hinzugefügt am { $date }.
security-app-used = Zuletzt benutzt: { $when }
security-app-stopped = Sie wurde nach zu vielen falschen Codes gesperrt. Bitte richten Sie sie neu ein.
security-app-unreadable = Diese Website kann ihre Codes nicht mehr prüfen. Bitte richten Sie sie neu ein.
security-app-again-hint = Sie haben ein neues Telefon? Richten Sie die App neu ein. Die alte gilt, bis die neue eingerichtet ist.
security-app-none = Eine App auf Ihrem Telefon zeigt einen Code, den Sie beim Anmelden eingeben.
security-app-new = App einrichten
security-app-again = Neu einrichten
security-app-remove = Entfernen
security-last-factor = Das ist Ihr einziger zweiter Faktor. Wenn Sie ihn entfernen, ist die Zwei-Faktor-Authentifizierung aus, und Ihr Passwort allein genügt.
security-codes-left = { $count ->
    [one] 1 von { $most } Wiederherstellungscodes ist noch übrig.
   *[other] { $count } von { $most } Wiederherstellungscodes sind noch übrig.
}
security-codes-none = Sie haben keine Wiederherstellungscodes.
security-codes-few = Bitte erstellen Sie neue Codes.
security-codes-hint = Mit einem Wiederherstellungscode melden Sie sich an, wenn Sie Ihre App oder Ihren Passkey verloren haben.
security-back = Zurück zur Sicherheit
app-setup-title = Authenticator-App einrichten
app-setup-lead = Scannen Sie dieses Bild mit einer Authenticator-App auf Ihrem Telefon.
app-setup-qr = QR-Code für die App
app-setup-secret = Oder geben Sie diesen Schlüssel in die App ein:
app-setup-open = In einer App auf diesem Gerät öffnen
app-setup-code = Code aus der App
app-setup-clock = Die App zeigt alle 30 Sekunden einen neuen Code. Nach der Uhr dieser Website ist es { $time }.
app-setup-button = Weiter
app-setup-no-code = Geben Sie die sechs Ziffern ein, die die App zeigt.
app-setup-wrong = Dieser Code ist nicht richtig. Geben Sie den neuesten Code ein, den die App zeigt.
app-setup-clock-fast = Dieser Code gilt noch nicht: Die Uhr Ihres Geräts geht etwa { duration } vor. Stellen Sie sie richtig und geben Sie dann den neuesten Code ein.
app-setup-clock-slow = Dieser Code gilt nicht mehr: Die Uhr Ihres Geräts geht etwa { duration } nach. Stellen Sie sie richtig und geben Sie dann den neuesten Code ein.
codes-title = Wiederherstellungscodes
codes-new = Neue Codes erstellen
codes-lead = Drucken Sie diese Codes, schreiben Sie sie auf oder speichern Sie sie. Bewahren Sie sie dort auf, wo Sie sie auch ohne Ihr Telefon finden.
codes-once = Jeder Code gilt einmal, anstelle Ihrer App oder Ihres Passkeys.
codes-download = Als Datei herunterladen
codes-replace = Sobald Sie neue Codes haben, gelten die alten nicht mehr.
codes-turn-on = Damit wird die Zwei-Faktor-Authentifizierung eingeschaltet, und alle anderen Geräte werden abgemeldet.
codes-keep = Ich habe diese Codes aufbewahrt
codes-others = Das sind nicht die Codes, die Sie vorher gesehen haben. Bitte bewahren Sie diese auf.
codes-file-heading = Wiederherstellungscodes von { $address } für { $site }, erstellt am { $date }
form-two-factor-required = Auf dieser Website ist die Zwei-Faktor-Authentifizierung vorgeschrieben. Sie lässt sich nicht ausschalten.
limit-change-factors = Sie haben Ihre zweiten Faktoren in der letzten Stunde oft geändert. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
limit-keep-codes = Sie haben in der letzten Stunde viele Wiederherstellungscodes erstellt. Bitte warten Sie { duration } und versuchen Sie es dann noch einmal.
notice-two-factor-on = Die Zwei-Faktor-Authentifizierung ist eingeschaltet. Alle anderen Geräte wurden abgemeldet.
notice-two-factor-off = Die Zwei-Faktor-Authentifizierung ist ausgeschaltet.
notice-add-factor-first = Richten Sie zuerst eine Authenticator-App ein oder fügen Sie einen Passkey hinzu. Danach können Sie die Zwei-Faktor-Authentifizierung einschalten.
notice-set-up-too-late = Das hat zu lange gedauert, deshalb wurde nichts geändert. Bitte beginnen Sie noch einmal.
notice-app-added = Ihre Authenticator-App ist eingerichtet.
notice-app-replaced = Ihre neue Authenticator-App ist eingerichtet. Die alte gilt nicht mehr.
notice-app-removed = Ihre Authenticator-App wurde entfernt.
notice-codes-kept = Sie haben neue Wiederherstellungscodes. Nur diese gelten jetzt.
notice-last-factor-removed = Sie haben Ihren letzten zweiten Faktor entfernt. Damit ist die Zwei-Faktor-Authentifizierung ausgeschaltet.
notice-factor-required = Auf dieser Website ist ein zweiter Faktor vorgeschrieben. Fügen Sie zuerst einen anderen hinzu.
passkeys-title = Passkeys
passkeys-lead = Mit einem Passkey melden Sie sich mit Fingerabdruck, Gesicht oder Bildschirmsperre an, ohne Passwort. Diese Website sieht weder Ihren Fingerabdruck noch Ihr Gesicht.
passkeys-rest = Ihr Passwort wurde zurückgesetzt, deshalb ruhen einige Passkeys: Bis Sie „Wieder verwenden“ drücken, gelten sie nur zusammen mit Ihrem Passwort. Entfernen Sie die, die Sie nicht kennen.
passkeys-rests = Ruht
passkeys-after-password = Nur mit Ihrem Passwort
passkeys-elsewhere = Er wurde für { $domain } erstellt und gilt hier nicht.
passkeys-added = Hinzugefügt am { $date }.
passkeys-used = Zuletzt benutzt: { $when }
passkeys-rename = Umbenennen
passkeys-name = Name dieses Passkeys
passkeys-save = Namen speichern
passkeys-wake = Wieder verwenden
passkeys-remove = Entfernen
passkeys-not-here = Unter der Adresse dieser Website funktionieren keine Passkeys.
passkeys-add = Passkey hinzufügen
passkeys-plain = Funktioniert Ihr Sicherheitsschlüssel nicht?
passkeys-plain-hint = Ein Sicherheitsschlüssel ohne PIN gilt nur zusammen mit Ihrem Passwort.
passkeys-plain-add = Sicherheitsschlüssel hinzufügen
passkeys-no-script = Passkeys brauchen JavaScript.
passkeys-default-name = Passkey ({ browser })
passkeys-name-empty = Bitte geben Sie einen Namen für diesen Passkey ein.
notice-passkey-added = Ihr Passkey wurde hinzugefügt.
notice-passkey-saved = In Ihrem Passwort-Manager wurde ein Passkey gespeichert.
notice-passkey-not-added = Ihr Passkey konnte nicht hinzugefügt werden. Bitte versuchen Sie es noch einmal.
notice-too-many-passkeys = Sie haben so viele Passkeys, wie ein Konto haben kann. Entfernen Sie einen, bevor Sie einen weiteren hinzufügen.
notice-passkey-renamed = Ihr Passkey hat einen neuen Namen.
notice-passkey-removed = Ihr Passkey wurde entfernt.
notice-passkey-woken = Mit Ihrem Passkey melden Sie sich wieder ohne Passwort an.
# second.html: title and heading
second-title = Noch ein Schritt
# second.html; $address: the address of the account
second-lead = Bestätigen Sie, dass Sie es sind: Sie melden sich als { $address } an.
# second.html: button
second-passkey-button = Passkey verwenden
# second.html, without JavaScript and with a passkey
second-passkey-script = Ihr Passkey braucht JavaScript. Sie können einen Wiederherstellungscode verwenden.
# second.html: field
second-code = Code aus Ihrer Authenticator-App
# second.html, recovery.html: button
second-button = Weiter
# second.html: link to recovery.html
second-recovery = Wiederherstellungscode verwenden
# second.html: button; gives this login up
second-cancel = Sie sind das nicht? Neu beginnen
# features/login/second_page.rs: field is empty
second-code-empty = Geben Sie den Code aus Ihrer App ein.
# features/login/second_page.rs: code is wrong
second-code-wrong = Dieser Code ist nicht richtig. Geben Sie den neuesten Code ein, den Ihre App für { $site } zeigt.
# features/login/second_page.rs: code is right, and was used before
second-code-used = Dieser Code wurde schon verwendet. Warten Sie auf den nächsten.
# features/login/second_page.rs: the app was stopped after very many wrong codes
second-app-stopped = Ihre Authenticator-App wurde nach zu vielen falschen Codes gestoppt. Verwenden Sie einen Passkey oder einen Wiederherstellungscode.
second-app-unreadable = Diese Website kann die Codes Ihrer Authenticator-App nicht mehr prüfen. Verwenden Sie einen Passkey oder einen Wiederherstellungscode, und richten Sie die App danach neu ein.
notice-app-stopped = Ihre Authenticator-App wurde nach zu vielen falschen Codes gestoppt. Melden Sie sich noch einmal an, mit einem Passkey oder einem Wiederherstellungscode.
# features/login/second_page.rs, recovery_page.rs: the form was shown for another login than the one that waits now
second-other-login = Sie haben in diesem Browser eine andere Anmeldung begonnen. Diese Seite gilt jetzt für jene.
# recovery.html: title and heading
recovery-title = Wiederher­stellungs­code
# recovery.html; $address: the address of the account
recovery-lead = Geben Sie einen der Wiederherstellungscodes von { $address } ein. Jeder gilt einmal.
# recovery.html: field
recovery-code = Wiederherstellungscode
# recovery.html: below the field
recovery-hint = Sechzehn Buchstaben und Ziffern. Striche und Leerzeichen spielen keine Rolle.
# recovery.html: link to second.html
recovery-back = Zurück
# features/login/recovery_page.rs: field is empty
recovery-code-empty = Geben Sie einen Ihrer Wiederherstellungscodes ein.
# features/login/recovery_page.rs: code is wrong
recovery-code-wrong = Das ist keiner Ihrer Wiederherstellungscodes, oder er wurde schon verwendet.
# the login page, after a login that was not finished in ten minutes
notice-log-in-too-late = Dieser Schritt ist vorbei. Bitte melden Sie sich noch einmal an.
# after a login with a recovery code; a link follows
notice-recovery-code-used = Sie haben einen Wiederherstellungscode verwendet.
# the link after notice-recovery-code-used, to the page Security
notice-recovery-code-used-link = Ansehen, wie viele übrig sind
# the page of the recovery codes, after a login with one of the last
notice-few-codes-left = Sie haben einen Wiederherstellungscode verwendet, und es sind nur noch wenige übrig. Bitte erstellen Sie neue.
notice-operator-code-used = Sie haben einen Code verwendet, den Sie von den Betreibern dieser Website bekommen haben. Bitte richten Sie Ihre App oder einen Passkey neu ein.
# web/notice.rs: a page was asked for in a session without a second factor
notice-second-factor-required = Diese Website verlangt einen zweiten Faktor. Richten Sie einen ein, oder melden Sie sich noch einmal mit Ihrem Passkey an.
passkey-failed = Dieser Passkey hat hier nicht funktioniert. Versuchen Sie es auf einem anderen Weg.
passkey-known = Dieses Gerät hat schon einen Passkey für dieses Konto.
passkey-elsewhere = Passkeys funktionieren unter { $address }.
email-factor-added-subject = Neue Anmeldemöglichkeit für Ihr Konto bei { $site }
email-factor-added-lead = Zu Ihrem Konto { $address } wurde eine Authenticator-App oder ein Passkey hinzugefügt.
email-several-factor-added = Eine Authenticator-App oder ein Passkey wurde hinzugefügt.
email-factor-removed-subject = Ein zweiter Faktor Ihres Kontos bei { $site } wurde entfernt
email-factor-removed-lead = Eine Authenticator-App, ein Passkey oder die Wiederherstellungscodes Ihres Kontos { $address } wurden entfernt.
email-several-factor-removed = Eine Authenticator-App, ein Passkey oder die Wiederherstellungscodes wurden entfernt.
email-two-factor-on-subject = Die Zwei-Faktor-Authentifizierung bei { $site } ist eingeschaltet
email-two-factor-on-lead = Die Zwei-Faktor-Authentifizierung Ihres Kontos { $address } wurde eingeschaltet. Von jetzt an gehört zur Anmeldung nach dem Passwort ein zweiter Schritt.
email-several-two-factor-on = Die Zwei-Faktor-Authentifizierung wurde eingeschaltet.
email-two-factor-off-subject = Die Zwei-Faktor-Authentifizierung bei { $site } ist ausgeschaltet
email-two-factor-off-lead = Die Zwei-Faktor-Authentifizierung Ihres Kontos { $address } wurde ausgeschaltet. Von jetzt an genügt das Passwort zur Anmeldung.
email-several-two-factor-off = Die Zwei-Faktor-Authentifizierung wurde ausgeschaltet.
email-codes-kept-subject = Neue Wiederherstellungscodes für { $site }
email-codes-kept-lead = Ihr Konto { $address } hat neue Wiederherstellungscodes. Die bisherigen funktionieren nicht mehr.
email-several-codes-kept = Es gibt neue Wiederherstellungscodes; die bisherigen funktionieren nicht mehr.
email-code-used-subject = Ein Wiederherstellungscode bei { $site } wurde benutzt
email-code-used-lead = Jemand hat einen Wiederherstellungscode Ihres Kontos { $address } benutzt. Jeder Code funktioniert nur einmal.
email-several-code-used = Ein Wiederherstellungscode wurde benutzt.
email-app-stopped-subject = Ihre Authenticator-App funktioniert bei { $site } nicht mehr
email-app-stopped-lead = Für Ihr Konto { $address } wurden sehr viele falsche Codes eingegeben. Deshalb funktionieren die Codes Ihrer Authenticator-App nicht mehr. Melden Sie sich mit einem Wiederherstellungscode oder einem Passkey an, und richten Sie die App dann neu ein. Wer die Codes eingegeben hat, kennt Ihr Passwort.
email-several-app-stopped = Es wurden sehr viele falsche Codes eingegeben; die Authenticator-App funktioniert deshalb nicht mehr.
email-passkey-copied-subject = Ein Passkey Ihres Kontos bei { $site } wurde vielleicht kopiert
email-passkey-copied-lead = Es wurde ein Passkey Ihres Kontos { $address } benutzt, den es jetzt vielleicht mehrmals gibt. Das ist üblich, wenn er gerade gesichert wurde. Sonst entfernen Sie ihn.
email-several-passkey-copied = Es wurde ein Passkey benutzt, der vielleicht kopiert wurde.
email-unfinished-subject = Jemand hat bei { $site } Ihr Passwort eingegeben
email-unfinished-lead = Jemand hat das richtige Passwort Ihres Kontos { $address } in einem Browser eingegeben, den wir nicht kennen, und ist am zweiten Schritt gescheitert. Ihr Passwort ist dort bekannt.
email-several-unfinished = Jemand hat das richtige Passwort in einem unbekannten Browser eingegeben und ist am zweiten Schritt gescheitert.
# reauthenticate.html, with two-factor authentication: title and heading
reauthenticate-title-factor = Bestätigen Sie, dass Sie es sind
# reauthenticate.html, the same; $address: the address of the account
reauthenticate-lead-factor = Sie sind als { $address } angemeldet.
# reauthenticate.html: field
reauthenticate-code = Code aus Ihrer Authenticator-App oder ein Wiederherstellungscode
# features/login/reauthenticate_page.rs: the form was shown before
reauthenticate-switched = Die Zwei-Faktor-Authentifizierung wurde inzwischen ein- oder ausgeschaltet. Diese Seite fragt jetzt nach etwas anderem.
login-passkey = Mit Passkey anmelden
notice-passkey-unknown = Dieser Passkey ist hier nicht bekannt. Vielleicht wurde er entfernt.
notice-passkey-refused = Dieser Passkey konnte nicht verwendet werden. Bitte versuchen Sie es noch einmal oder melden Sie sich auf einem anderen Weg an.
notice-passkey-rests = Seit Ihr Passwort zurückgesetzt wurde, genügt dieser Passkey allein nicht. Melden Sie sich mit Ihrem Passwort an, und wählen Sie dann unter „Einstellungen“, „Sicherheit“ „Wieder verwenden“.
secure-undoes = Außerdem werden diese Änderungen rückgängig gemacht:
secure-app = { $act ->
    [added] Eine Authenticator-App wurde hinzugefügt.
    [removed] Die Authenticator-App wurde entfernt.
   *[other] Die Authenticator-App wurde durch eine andere ersetzt.
}
secure-passkey = { $act ->
    [added] Der Passkey { $passkey } wurde hinzugefügt.
   *[other] Der Passkey { $passkey } wurde entfernt.
}
secure-codes = { $act ->
    [added] Wiederherstellungscodes wurden erstellt.
    [removed] Die Wiederherstellungscodes wurden entfernt.
   *[other] Die Wiederherstellungscodes wurden durch neue ersetzt.
}
secure-two-factor = { $act ->
    [added] Die Zwei-Faktor-Authentifizierung wurde eingeschaltet.
   *[other] Die Zwei-Faktor-Authentifizierung wurde ausgeschaltet.
}


## Administration

nav-admin = Verwaltung
admin-title = Verwaltung
admin-nav-accounts = Konten
admin-nav-invitations = Einladungen
admin-nav-groups = Gruppen
admin-nav-apps = Apps
admin-nav-emails = E-Mails
admin-nav-activity = Aktivitäten
admin-nav-system = Zustand
admin-accounts-title = Konten
admin-search = Suche
admin-search-hint = Eine ganze E-Mail-Adresse, eine ID oder ein Teil einer Adresse oder eines Namens. Gesucht wird in allen Konten.
admin-search-button = Konten suchen
admin-search-busy = Eine andere Suche läuft noch. Bitte versuchen Sie es gleich noch einmal.
admin-search-too-long = Das dauert zu lange. Geben Sie die ganze Adresse ein, oder suchen Sie in älteren Konten weiter.
admin-search-on = Weitersuchen
admin-show = Auswahl
admin-show-all = Alle Konten
admin-show-unconfirmed = Adresse nicht bestätigt
admin-show-disabled = Gesperrt
admin-show-unused = Nie angemeldet
admin-show-groups = In einer Gruppe
admin-show-button = Anzeigen
admin-accounts-count = { $count ->
    [one] 1 Konto
   *[other] { $number } Konten
}
admin-accounts-many = Mehr als { $number } Konten
admin-accounts-order = neueste zuerst
admin-count-all = Alle zählen
admin-accounts-none = Es gibt keine solchen Konten.
admin-newer = Neuere
admin-oldest = Älteste
admin-open = Öffnen
admin-mark-disabled = Gesperrt
admin-mark-unconfirmed = Nicht bestätigt
admin-groups = Gruppen: { $groups }
admin-made = Erstellt am { $date }
admin-logged-in = Letzte Anmeldung: { $when }
admin-never-logged-in = Noch nie angemeldet
admin-account-title = Konto von { $name }
admin-own-account = Das ist Ihr eigenes Konto. Ändern Sie es in den Einstellungen.
admin-login = Kann sich diese Person anmelden?
admin-login-password = Ja, mit dem richtigen Passwort.
admin-login-network = Außer wenn das Netz nach falschen Passwörtern anderer warten muss:
admin-login-factor = Ja, mit dem richtigen Passwort und einem zweiten Schritt.
admin-login-passkey = Ja, mit einem Passkey.
admin-login-waits = Mit dem Passwort gibt es eine Wartezeit.
admin-clock = Die Uhr dieser Website zeigt { $when }. Codes einer Authenticator-App stimmen nur, wenn das Telefon dieselbe Zeit zeigt.
admin-why-disabled = Das Konto ist seit dem { $date }, { $time }, gesperrt.
admin-why-unconfirmed = Die E-Mail-Adresse ist nicht bestätigt.
admin-why-no-password = Es gibt kein Passwort.
admin-why-unused = Der Link wurde noch nicht benutzt.
admin-why-paused = Nach falschen Passwörtern müssen neue Browser bis zum { $date }, { $time }, warten.
admin-why-codes-paused = Nach falschen Codes müssen neue Browser bis zum { $date }, { $time }, warten.
admin-why-no-factor = Es gibt keinen zweiten Faktor, der funktioniert, und keinen Wiederherstellungscode.
admin-why-network = Aus dem Netz von { $ip } kamen zu viele falsche Passwörter: Von dort müssen alle bis zum { $date }, { $time }, warten.
admin-facts = Über dieses Konto
admin-confirmed = E-Mail-Adresse bestätigt am { $date }
admin-not-confirmed = E-Mail-Adresse nicht bestätigt
admin-disabled = Gesperrt seit { $date }
admin-language = Sprache: { $language }
admin-pending = { $by ->
    [administrator] Es wurde in der Verwaltung ein Link erstellt, der die Adresse in { $address } ändert.
    [command_line] Es wurde auf der Kommandozeile ein Link erstellt, der die Adresse in { $address } ändert.
   *[owner] Es wurde beantragt, die Adresse in { $address } zu ändern.
}
admin-id = ID dieses Kontos:
admin-handle = Benutzername in Apps:
admin-handle-change = Benutzernamen in Apps ändern
admin-handle-hint = Apps kennen diese Person unter diesem Namen und bewahren ihre Daten darunter auf. Kein anderes Konto bekommt einen Namen, den schon jemand hatte. Lassen Sie das Feld leer, wenn es keinen geben soll.
admin-handle-field = Benutzername
admin-handle-example = ada
admin-handle-button = Benutzernamen speichern
admin-handle-taken = Ein anderes Konto hat diesen Benutzernamen.
admin-handle-used = Ein anderes Konto hatte diesen Benutzernamen. Apps haben darunter vielleicht noch Daten, deshalb bekommt ihn niemand sonst.
admin-memberships = { $count ->
    [0] In keiner Gruppe
    [one] In 1 Gruppe
   *[other] In { $count } Gruppen
}
admin-memberships-show = Diese Gruppen anzeigen
admin-membership-join = Zu einer Gruppe hinzufügen
admin-membership-choice = Gruppe wählen
admin-membership-button = Zur Gruppe hinzufügen
admin-membership-none = Wählen Sie zuerst eine Gruppe.
admin-membership-unconfirmed = Die Adresse ist nicht bestätigt: Irgendwer kann sich damit registriert haben. Wenn Sie wissen, dass es die richtige Person war, bestätigen Sie sie zuerst. Danach können Sie das Konto zu einer Gruppe hinzufügen.
admin-factor-app = Authenticator-App, hinzugefügt am { $date }
admin-factor-app-used = Zuletzt benutzt am { $date }
admin-factor-app-stopped = Die App wurde nach zu vielen falschen Codes gesperrt. Sie muss neu eingerichtet werden.
admin-factor-app-unreadable = Diese Website kann die Codes der App nicht mehr prüfen. Die App muss neu eingerichtet werden.
admin-factor-passkeys = { $count ->
    [one] 1 Passkey
   *[other] { $count } Passkeys
}
admin-factor-codes = { $count ->
    [one] 1 Wiederherstellungscode übrig
   *[other] { $count } Wiederherstellungscodes übrig
}
admin-factors-remove = Alle zweiten Faktoren entfernen
admin-factors-hint = Wenn Sie sie entfernen, sind die App, alle Passkeys und die Wiederherstellungscodes weg, und alle Geräte werden abgemeldet. Vergewissern Sie sich, dass Sie mit der richtigen Person sprechen.
admin-devices = { $count ->
    [0] Nirgends angemeldet
    [one] Auf 1 Gerät angemeldet
   *[other] Auf { $count } Geräten angemeldet
}
admin-logout = Überall abmelden
admin-emails = Wartende E-Mails
admin-acts = Was Sie tun können
admin-link = Link für ein neues Passwort erstellen
admin-link-hint = Ein Link, mit dem ein neues Passwort gewählt wird. Sie sehen ihn einmal und geben ihn selbst weiter.
admin-told = Die Person erfährt davon per E-Mail.
admin-confirms-too = Damit gilt auch { $address } als bestätigt: Wer deren E-Mails liest, kann das Konto dann übernehmen, mit seinen Gruppen.
admin-mistyped = { $password ->
    [no] Ist die Adresse falsch geschrieben, löschen Sie das Konto und erstellen Sie es neu.
   *[yes] Ist die Adresse falsch geschrieben, ändern Sie sie stattdessen.
}
admin-link-lead = Nur { $name } sollte das sehen. Es wird einmal gezeigt.
admin-link-qr = Derselbe Link als QR-Code
admin-link-ends = Er funktioniert einmal, bis { $when }.
admin-confirm = Adresse bestätigen
admin-confirm-hint = Nur, wenn Sie wissen, dass sich diese Person registriert hat: Jeder kann ihre Adresse eingegeben haben.
admin-unlock = Wartezeit beenden
admin-unlock-hint = Wenn Sie die Wartezeit beenden, zählen die falschen Passwörter und Codes für dieses Konto nicht mehr.
admin-disable = Konto sperren
admin-disable-hint = Niemand kann sich mehr damit anmelden, und alle Geräte werden sofort abgemeldet. Sie können es wieder freigeben.
admin-enable = Konto freigeben
admin-enable-hint = Damit kann man sich wieder anmelden.
admin-address = E-Mail-Adresse ändern
admin-address-hint = Damit entsteht ein Link, den Sie weitergeben. Die Adresse ändert sich erst, wenn er geöffnet und das Passwort eingegeben wird.
admin-address-button = Link erstellen
admin-account-same-email = Das ist bereits die Adresse dieses Kontos.
admin-account-needs-password = Es gibt kein Passwort, und der Link würde danach fragen. Erstellen Sie zuerst einen Link für ein neues Passwort.
admin-delete = Konto löschen
admin-delete-hint = Das Konto wird mit allem gelöscht, was dazugehört. Das lässt sich nicht rückgängig machen. Damit es das richtige ist, geben Sie seine Adresse ein: { $address }
admin-delete-button = Dieses Konto löschen
admin-activity-lead = In den Worten, die auf der Seite der Person selbst stehen.
admin-activity-change = Vorher { $before }, nachher { $after }
admin-back = Zurück zu den Konten
admin-new-title = Neues Konto
admin-new-lead = Das Konto hat noch kein Passwort. Die nächste Seite zeigt einen Link, mit dem eines gewählt wird. Geben Sie ihn weiter.
admin-new-lead-mail = Das Konto hat noch kein Passwort. Wir senden einen Link, mit dem eines gewählt wird, und die nächste Seite zeigt Ihnen ebenfalls einen.
admin-new-groups = Gruppen (freiwillig)
admin-new-groups-hint = Namen oder Titel von Gruppen, mit Kommas dazwischen. Es gibt: { $groups }
admin-new-groups-none = Namen oder Titel von Gruppen, mit Kommas dazwischen.
admin-new-no-group = Es gibt keine Gruppe { $group }.
admin-new-several-groups = Mehrere Gruppen heißen { $title }. Geben Sie den Namen der Gruppe ein, die Sie meinen.
admin-new-taken = Diese Adresse gehört zu einem anderen Konto.
admin-new-button = Konto erstellen


## Administration: invitations, groups, emails, activity, system

admin-paging-first = Erste
admin-paging-back = Zurück
admin-paging-on = Weitere
admin-invitations-title = Einladungen
admin-invitations-lead = Wer den Link einer Einladung hat, kann damit ein Konto erstellen oder mit dem eigenen Konto Gruppen beitreten.
admin-invitations-open = { $count ->
    [one] 1 offene Einladung
   *[other] { $count } offene Einladungen
}
admin-invitations-none = Es gibt keine Einladungen.
admin-invitations-too-many = { $count } Einladungen sind offen, mehr sind nicht möglich. Ziehen Sie zuerst einige zurück.
admin-new-invitation-title = Neue Einladung
admin-new-invitation-lead = Die nächste Seite zeigt den Link und seinen QR-Code, einmal.
admin-new-invitation-button = Einladung erstellen
admin-invitation-title = Einladung
admin-invitation-for = Nur für { $address }
admin-invitation-for-anyone = Für alle, die den Link haben
admin-invitation-left = { $count ->
    [one] Noch einmal benutzbar
   *[other] Noch { $count }-mal benutzbar
}
admin-invitation-ends = Bis { $when }
admin-invitation-used-up = Aufgebraucht
admin-invitation-unbacked = Funktioniert nicht mehr: Wer sie erstellt hat, hat die Rechte dazu verloren.
admin-invitation-over = Beendet: { $when }
admin-invitation-made = Erstellt: { $when }
admin-invitation-used = { $count ->
    [0] Noch nicht benutzt
    [one] Von 1 Konto benutzt
   *[other] Von { $count } Konten benutzt
}
admin-invitation-link-lead = Geben Sie diesen Link nur denen, die Sie einladen. Er wird einmal angezeigt.
admin-invitation-revoke = Einladung zurückziehen
admin-invitation-revoke-hint = Wenn Sie sie zurückziehen, wird der Link sofort ungültig. Konten, die ihn benutzt haben, bleiben.
admin-invitation-renew = Neuer Link
admin-invitation-renew-hint = Sie bekommt einen neuen Link und ein neues Ende. Der bisherige Link funktioniert nicht mehr. Alles andere bleibt, wie es ist.
admin-invitation-renew-button = Neuen Link erstellen
admin-invitation-note = Notiz (freiwillig)
admin-invitation-note-hint = Wofür sie ist. Das lesen nur Administratoren, nie die Eingeladenen.
admin-invitation-note-wrong = Höchstens 200 Zeichen in einer Zeile.
admin-invitation-email = E-Mail-Adresse (freiwillig)
admin-invitation-email-hint = Mit einer Adresse kann nur diese die Einladung benutzen, und sie gilt als bestätigt.
admin-invitation-mail = Den Link auch an diese Adresse senden
admin-invitation-handle = Benutzername in Apps (freiwillig)
admin-invitation-handle-hint = Unter diesem Namen kennen Apps die Person, die die Einladung benutzt. Wer schon einen hat, behält ihn.
admin-invitation-handle-once = Ein Benutzername gehört zu einem Konto. Geben Sie 1 ein, oder lassen Sie den Benutzernamen leer.
admin-invitation-handle-promised = Eine andere Einladung bringt diesen Benutzernamen mit. Wählen Sie einen anderen, oder ziehen Sie jene zurück.
admin-invitation-handle-gone = Der Benutzername { $handle } ist nicht mehr frei. Erstellen Sie eine andere Einladung.
admin-invitation-mail-where = Geben Sie die Adresse ein, an die der Link geht, oder entfernen Sie unten das Häkchen.
admin-invitation-uses = Wie viele Konten sie benutzen können
admin-invitation-uses-hint = 1 bis 10000
admin-invitation-uses-wrong = Geben Sie eine Zahl von 1 bis 10000 ein.
admin-invitation-uses-once = Eine Einladung für eine Adresse kann einmal benutzt werden. Geben Sie 1 ein, oder lassen Sie die Adresse leer.
admin-invitation-lasts = Wie lange sie gilt
admin-invitation-back = Zurück zu den Einladungen
group-admins = Verwaltung
admin-groups-title = Gruppen
admin-groups-lead = Seiten und Apps können nur für die Mitglieder einer Gruppe offen sein.
admin-new-group = Neue Gruppe
admin-new-group-button = Gruppe erstellen
admin-group-name = Name der Gruppe
admin-group-name-example = chor
admin-group-name-hint = Kleinbuchstaben, Ziffern, Punkte, Unterstriche und Bindestriche. Der Name lässt sich später nicht ändern.
admin-group-name-wrong = Verwenden Sie 1 bis 64 Zeichen: a-z, 0-9, Punkte, Unterstriche und Bindestriche, zuerst einen Buchstaben oder eine Ziffer.
admin-group-title-field = Wie sie genannt wird (freiwillig)
admin-group-title-hint = Wird statt des Namens angezeigt, etwa „Der Chor“.
admin-group-title-wrong = Höchstens 100 Zeichen in einer Zeile.
admin-group-taken = Es gibt schon eine Gruppe mit diesem Namen.
admin-group-title = Gruppe: { $title }
admin-group-of-admins = Mitglieder dieser Gruppe können auf diesen Seiten alles tun.
admin-group-join = Konto hinzufügen
admin-group-join-hint = Die E-Mail-Adresse eines Kontos, das es gibt.
admin-group-join-button = Hinzufügen
admin-group-members = Mitglieder
admin-group-apps = Apps, die nach dieser Gruppe fragen
admin-group-leave = Aus der Gruppe entfernen
admin-group-delete = Gruppe löschen
admin-group-delete-hint = Alle Mitglieder verlassen sie, ihre Konten bleiben. Das lässt sich nicht rückgängig machen. Geben Sie zur Sicherheit ihren Namen ein: { $name }
admin-group-apps-close = { $count ->
    [one] Die App { $apps } fragt nach dieser Gruppe: Wer nur durch sie hineinkommt, ist sofort draußen.
   *[other] Die Apps { $apps } fragen nach dieser Gruppe: Wer nur durch sie hineinkommt, ist sofort draußen.
}
admin-group-apps-nobody = { $count ->
    [one] { $apps } kann dann niemand mehr öffnen: Sie nennt keine andere Gruppe.
   *[other] { $apps } kann dann niemand mehr öffnen: Sie nennen keine andere Gruppe.
}
admin-group-delete-button = Diese Gruppe löschen
admin-group-back = Zurück zu den Gruppen
admin-group-no-account = Kein Konto hat diese Adresse. Sie können diese Person einladen.
admin-group-unconfirmed = Diese Adresse ist nicht bestätigt: Irgendwer kann sich damit registriert haben. Wenn Sie wissen, dass es die richtige Person war, bestätigen Sie sie zuerst auf der Seite des Kontos.
admin-group-member = Dieses Konto ist schon in der Gruppe.
admin-group-not-its-name = Das ist nicht der Name dieser Gruppe.
admin-apps-title = Apps
admin-apps-lead = Apps jeder Art, die hinter Ihrem Proxy stehen. Er fragt diese Website bei jedem Aufruf, wer da ist und ob die Person hineindarf.
admin-apps-none = Es gibt noch keine Apps.
admin-new-app-title = Neue App
admin-new-app-lead = Geben Sie an, wo die App ist und wer sie öffnen darf. Die nächste Seite zeigt den Befehl, der die Zeilen für Ihren Proxy ausgibt.
admin-new-app-button = App hinzufügen
admin-app-name = Name der App
admin-app-name-example = wiki
admin-app-name-hint = Kleinbuchstaben, Ziffern, Punkte, Unterstriche und Bindestriche. So heißt die App in Befehlen und Dateien. Der Name lässt sich später nicht ändern.
admin-app-taken = Es gibt schon eine App mit diesem Namen.
admin-app-title-hint = Wird statt des Namens angezeigt, etwa „Unser Wiki“.
admin-app-title-wrong = Höchstens 60 Zeichen in einer Zeile.
admin-app-at = Adressen der App (freiwillig)
admin-app-at-hint = Eine pro Zeile, etwa https://wiki.example.org: ohne Pfad, und mit Port nur, wenn man ihn eingibt. Ohne Adresse kann sie noch niemand öffnen.
admin-app-at-wrong = { $origin } ist keine solche Adresse. Schreiben Sie eine wie https://wiki.example.org, mit Buchstaben, Ziffern und Bindestrichen zwischen den Punkten und ohne Pfad.
admin-app-groups = Gruppen, die sie öffnen dürfen (freiwillig)
admin-app-groups-hint = Namen oder Titel von Gruppen, mit Kommas dazwischen. Ohne Gruppe darf sie jeder öffnen, der ein Konto hat. Es gibt: { $groups }
admin-app-groups-none = Namen oder Titel von Gruppen, mit Kommas dazwischen. Ohne Gruppe darf sie jeder öffnen, der ein Konto hat.
admin-app-paths = Teile mit einer eigenen Regel (freiwillig)
admin-app-paths-hint = Einer pro Zeile: ein Pfad, dann die Gruppen, die ihn und alles darunter öffnen dürfen, etwa „/admin admins“. Für alle, ohne Anmeldung: „/public open“. Mit „preflight“ am Ende dürfen Browser dort von anderen Websites aus anfragen (CORS).
admin-app-path-wrong = { $path } geht hier nicht als Pfad. Beginnen Sie mit einem Schrägstrich, und verwenden Sie zwischen Schrägstrichen a-z, A-Z, 0-9 und - . _ ~ @. Kein Teil endet mit einem Punkt, auch .. geht also nicht.
admin-app-path-for-whom = Geben Sie an, wer { $path } öffnen darf: Namen von Gruppen oder nur „open“.
admin-app-path-twice = { $path } steht zweimal da.
admin-app-user = Woran die App eine Person erkennt
admin-app-user-handle = Benutzername oder ID
admin-app-user-email = E-Mail-Adresse
admin-app-user-id = Konto-ID
admin-app-user-hint = Die App liest es im Header Remote-User und bewahrt darunter auf, was einer Person gehört. Der Benutzername ist der in Apps; wer keinen hat, wird an der ID erkannt. Eine E-Mail-Adresse kann sich ändern und später einer anderen Person gehören.
admin-app-fresh = Erneute Anmeldung verlangen nach (freiwillig)
admin-app-fresh-hint = Eine Zeit wie 15m oder 8h, von 1m bis 30d. Ohne Angabe bleibt die App offen, solange man hier angemeldet ist.
admin-app-fresh-wrong = Geben Sie eine Zeit von 1m bis 30d ein, etwa 15m.
admin-app-too-many-groups = Höchstens { $count } Gruppen können genannt werden, für die App und für jeden Teil.
admin-app-too-many-addresses = Eine App hat höchstens { $count } Adressen.
admin-app-too-many-paths = Höchstens { $count } Teile können eine eigene Regel haben.
admin-app-host-twice = { $host } steht zweimal da. Browser behalten für einen Host eine Anmeldung, gleich mit welchem Port.
admin-app-host-own = { $host } ist diese Website selbst. Eine App braucht einen eigenen Host.
admin-app-host-plain = { $host } braucht https, wie diese Website. Sonst wären Anmeldungen unterwegs ungeschützt.
admin-app-host-taken = { $host } gehört schon zur App { $app }. Jeder Host gehört zu einer App.
admin-app-meanwhile = Die App wurde inzwischen von { $name } geändert. Sehen Sie nach, was jetzt gilt, und speichern Sie noch einmal.
admin-app-meanwhile-operator = Die App wurde inzwischen auf der Kommandozeile geändert. Sehen Sie nach, was jetzt gilt, und speichern Sie noch einmal.
admin-app-meanwhile-someone = Die App wurde inzwischen geändert. Sehen Sie nach, was jetzt gilt, und speichern Sie noch einmal.
admin-app-now = Jetzt steht hier: { $now }
admin-app-now-empty = Jetzt steht hier nichts.
admin-app-title = App: { $title }
admin-app-mark-disabled = Gesperrt
admin-app-details = Details
admin-app-disabled = Gesperrt seit { $date }
admin-app-nowhere = Sie hat noch keine Adresse.
admin-app-who = Wer sie öffnen darf
admin-app-for-accounts = Jeder, der ein Konto hat
admin-app-for-all = Alle, ohne Anmeldung
admin-app-all-open = { $path } steht allen offen, auch ohne Anmeldung: die ganze App.
admin-app-rest-open = { $path } steht allen offen, auch ohne Anmeldung: die ganze App, bis auf die Teile hierunter.
admin-app-part-open = { $path } und alles darunter steht allen offen, auch ohne Anmeldung.
admin-app-part = { $path } und alles darunter ist nur für Mitglieder von: { $groups }
admin-app-of-groups = Mitglieder einer dieser Gruppen: { $accounts }
admin-app-no-group = Diese Gruppe gibt es nicht, also ist niemand darin.
admin-app-accounts-show = Konten anzeigen
admin-app-accounts-title = Konten, die { $title } öffnen dürfen
admin-app-proxy = Ihr Proxy
admin-app-proxy-hint = Dieser Befehl gibt, mit den Optionen und Variablen der Website, die Zeilen für nginx aus. Für caddy, traefik, haproxy und envoy geht es genauso. Die Adresse am Ende ist die, an der die App selbst lauscht.
admin-app-proxy-check = Wenn sie eingetragen sind, fragt dieser durch den Proxy hindurch und sagt, ob etwas nicht stimmt.
admin-app-proxy-untrusted = trusted_proxies ist leer, also darf kein Proxy nach Apps fragen. Setzen Sie für einen Proxy auf diesem Rechner { $example } und starten Sie die Website neu.
admin-app-proxy-nowhere = Geben Sie unten eine Adresse der App ein. Dann steht hier der Befehl, der die Zeilen für Ihren Proxy ausgibt.
admin-app-settings = Einstellungen der App
admin-app-settings-button = App speichern
admin-app-disable = App sperren
admin-app-disable-hint = Niemand kann sie mehr öffnen, ab dem nächsten Aufruf. Sie können sie wieder freigeben.
admin-app-enable = App freigeben
admin-app-enable-hint = Wer sie öffnen darf, kommt wieder hinein.
admin-app-remove = App entfernen
admin-app-remove-hint = Die nächste Seite sagt, was damit endet, bevor etwas entfernt wird.
admin-app-back = Zurück zu den Apps
admin-app-back-to-it = Zurück zur App
admin-app-remove-title = { $title } entfernen?
admin-app-remove-lead = Die App selbst läuft weiter, mit allem, was sie gespeichert hat. Aber diese Website kennt sie dann nicht mehr.
admin-app-remove-accounts = Können sie jetzt öffnen: { $who }
admin-app-remove-browsers = { $count ->
    [0] Gerade ist dort kein Browser angemeldet.
    [one] Gerade ist dort 1 Browser angemeldet; er ist sofort draußen.
   *[other] Gerade sind dort { $count } Browser angemeldet; sie sind sofort draußen.
}
admin-app-remove-many-browsers = Gerade sind dort mehr als { $count } Browser angemeldet; sie sind sofort draußen.
admin-app-remove-addresses = { $count ->
    [0] Sie hat keine Adresse.
    [one] Der Proxy lässt niemanden mehr zu ihrer Adresse durch, auch nicht zu ihren offenen Teilen.
   *[other] Der Proxy lässt niemanden mehr zu ihren { $count } Adressen durch, auch nicht zu ihren offenen Teilen.
}
admin-app-remove-instead = Das lässt sich nicht rückgängig machen. Um die App eine Zeit lang zu schließen, sperren Sie sie.
admin-app-remove-button = Diese App entfernen
admin-emails-title = E-Mails
admin-emails-off = Diese Website sendet keine E-Mails.
admin-emails-turn-on = Um E-Mails einzuschalten, setzen Sie base_url, smtp_url und mail_from und starten Sie die Website neu.
admin-emails-waiting = { $count ->
    [0] Keine E-Mail wartet auf den Versand.
    [one] 1 E-Mail wartet auf den Versand.
   *[other] { $count } E-Mails warten auf den Versand.
}
admin-emails-given-up = { $count ->
    [one] 1 E-Mail wurde aufgegeben. Sie wird eine Woche lang angezeigt.
   *[other] { $count } E-Mails wurden aufgegeben. Sie werden eine Woche lang angezeigt.
}
admin-emails-hint = Eine gesendete E-Mail verschwindet aus dieser Liste. Wenn Sie eine verwerfen, die für ein Konto war, sieht das der Inhaber des Kontos in seinen Aktivitäten.
admin-emails-none = Es gibt keine E-Mails anzuzeigen.
admin-email-queued = Geschrieben: { $when }
admin-email-kind = { $kind ->
    [confirm] Ein Link, der die Adresse bestätigt
    [reset] Ein Link für ein neues Passwort
    [account-made] Ein neues Konto, mit einem Link für ein Passwort
    [taken] Eine Registrierung mit einer Adresse, die schon ein Konto hat
    [change] Ein Link, der die Adresse eines Kontos ändert
    [changed] Die Adresse des Kontos wurde geändert, mit einem Link, der das rückgängig macht
    [moved] Die Adresse des Kontos wurde geändert
    [password] Das Passwort wurde geändert
    [name] Der Name wurde geändert
    [device] Eine Anmeldung mit einem neuen Browser
    [guesses] Mehrere falsche Passwörter
    [factor-added] Ein zweiter Faktor kam hinzu
    [factor-removed] Ein zweiter Faktor wurde entfernt
    [two-factor-on] Die Zwei-Faktor-Authentifizierung wurde eingeschaltet
    [two-factor-off] Die Zwei-Faktor-Authentifizierung wurde ausgeschaltet
    [codes-kept] Neue Wiederherstellungscodes
    [code-used] Ein Wiederherstellungscode wurde benutzt
    [app-stopped] Die Authenticator-App wurde gestoppt
    [passkey-copied] Ein Passkey wurde vielleicht kopiert
    [unfinished] Eine Anmeldung, die nicht beendet wurde
    [link-made] Ein Administrator hat einen Link erstellt
    [several] Mehreres, was mit dem Konto geschah
    [close] Ein Link, der das Konto löscht
    [deleted] Das Konto wurde gelöscht
    [invitation] Eine Einladung
   *[other] { $kind }
}
admin-email-attempts = { $count ->
    [one] Einmal versucht
   *[other] { $count }-mal versucht
}
admin-email-next = Nächster Versuch: { $when }
admin-email-given-up = Aufgegeben
admin-email-retry = Jetzt noch einmal versuchen
admin-email-drop = Verwerfen
admin-activity-title = Aktivitäten
admin-activity-about = Was Administratoren getan haben, und was auf der Kommandozeile getan wurde.
admin-activity-kept = { $count ->
    [one] Es wird 1 Tag lang aufbewahrt.
   *[other] Es wird { $count } Tage lang aufbewahrt.
}
admin-activity-who = Von:
admin-activity-operator = Auf der Kommandozeile getan
admin-did-signed-up = Ein Konto wurde erstellt
admin-did-unlocked = Die Wartezeit nach falschen Passwörtern und Codes wurde beendet
admin-did-device-ended = Ein Gerät wurde abgemeldet
admin-did-all-ended = Alle Geräte wurden abgemeldet
admin-did-password-changed = Das Passwort wurde geändert
admin-did-reset-link-made = Ein Link für ein neues Passwort wurde erstellt
admin-did-confirmed = Die E-Mail-Adresse wurde bestätigt
admin-did-email-change-asked = Ein Link zum Ändern der E-Mail-Adresse wurde erstellt
admin-did-name-changed = Der Name wurde geändert
admin-did-handle-changed = Der Benutzername in Apps wurde geändert
admin-did-disabled = Ein Konto wurde gesperrt
admin-did-enabled = Ein Konto wurde wieder freigegeben
admin-did-group-created = Eine Gruppe wurde erstellt
admin-did-group-deleted = Eine Gruppe wurde gelöscht
admin-did-group-title-changed = Der Titel einer Gruppe wurde geändert
admin-did-group-joined = Ein Konto wurde in eine Gruppe aufgenommen
admin-did-group-left = Ein Konto wurde aus einer Gruppe entfernt
admin-did-app-created = Eine App wurde hinzugefügt
admin-did-app-changed = Eine App wurde geändert
admin-did-app-disabled = Eine App wurde gesperrt
admin-did-app-enabled = Eine App wurde wieder freigegeben
admin-did-app-deleted = Eine App wurde entfernt
admin-did-factor-removed = Zweite Faktoren wurden entfernt
admin-did-two-factor-off = Die Zwei-Faktor-Authentifizierung eines Kontos wurde ausgeschaltet
admin-did-recovery-code-made = Ein Wiederherstellungscode für ein Konto wurde erstellt
admin-did-invitation-made = Eine neue Einladung wurde erstellt
admin-did-invitation-renewed = Ein neuer Link für eine Einladung wurde erstellt
admin-did-invitation-revoked = Eine offene Einladung wurde zurückgezogen
admin-did-email-retried = Der Versand einer wartenden E-Mail wurde wieder versucht
admin-did-email-dropped = Eine wartende E-Mail wurde verworfen
admin-did-deleted = Ein Konto wurde gelöscht
admin-system-title = Zustand
admin-system-database = Datenbank: { $engine },
admin-system-clock = Uhr dieser Website: { $when }
admin-system-oldest = Die älteste wurde geschrieben: { $when }
admin-system-arrived = Was mit dieser Anfrage ankam
admin-system-client = Ihre IP-Adresse, wie diese Website sie sieht: { $ip }
admin-system-why-reported = Die Verbindung kommt von einem Proxy, dem vertraut wird, und das meldet er.
admin-system-why-not-reported = Die Verbindung kommt von einem Proxy, dem vertraut wird, aber er sandte kein X-Forwarded-For. Lassen Sie ihn die Adresse des Besuchers senden.
admin-system-why-not-trusted = Es ist die der Verbindung. Ihrem X-Forwarded-For wird nicht vertraut, da sie nicht von einem Proxy kommt, dem vertraut wird.
admin-system-why-direct = Es ist die der Verbindung, die kein X-Forwarded-For hat.
admin-system-peer = Die Verbindung kommt von { $ip }.
admin-system-base-url = Besucher sollten { $url } eingeben (base_url).
admin-system-trust = Alle Besucher scheinen von derselben Adresse zu kommen. Wenn { $ip } Ihr Proxy ist, tragen Sie ihn in trusted_proxies ein.
admin-system-lacks-https = Der Proxy meldet https, aber base_url ist { $url }. Setzen Sie base_url auf die Adresse, die Besucher eingeben.
admin-system-settings = Einstellungen
admin-system-none-set = Jede Einstellung hat ihren Standardwert.
admin-system-defaults = Einstellungen mit ihrem Standardwert
admin-system-question = Für eine Frage kopieren
admin-system-question-hint = Wenn Sie um Hilfe bitten, fügen Sie diesen Text an. Er enthält keine Adresse, keinen Namen und kein Geheimnis.


## Administration: notices

notice-admin-logged-out = Das Konto wurde überall abgemeldet.
notice-admin-device-ended = Das Gerät wurde abgemeldet.
notice-admin-disabled = Das Konto wurde gesperrt. Alle Geräte wurden abgemeldet.
notice-admin-enabled = Das Konto wurde wieder freigegeben. Die Anmeldung ist möglich.
notice-admin-confirmed = Die E-Mail-Adresse wurde bestätigt.
notice-admin-unlocked = Die falschen Passwörter und Codes für dieses Konto zählen nicht mehr. Die aus einem Netz zählen weiterhin.
notice-admin-network-unlocked = Die falschen Passwörter und Codes aus diesem Netz zählen nicht mehr.
notice-admin-factors-removed = Alle zweiten Faktoren wurden entfernt. Alle Geräte wurden abgemeldet.
notice-admin-handle-changed = Der Benutzername in Apps wurde gespeichert.
notice-admin-link-made = Der Link wurde erstellt. Er wird unten gezeigt, nur dieses eine Mal.
notice-admin-account-made = Das Konto wurde erstellt. Der Link für das Passwort wird unten gezeigt, nur dieses eine Mal.
notice-admin-deleted = Das Konto wurde gelöscht.
notice-admin-own-account = Das ist Ihr eigenes Konto. Ändern Sie es in den Einstellungen. Es wurde nichts geändert.
notice-admin-enable-first = Das Konto ist gesperrt, deshalb würde kein Link funktionieren. Geben Sie es zuerst frei.
notice-admin-last = Das ist der letzte Administrator, der sich anmelden kann. Bestimmen Sie zuerst einen anderen. Es wurde nichts geändert.
notice-admin-invitation-made = Die Einladung wurde erstellt.
notice-admin-invitation-mailed = Die Einladung wurde erstellt. Eine E-Mail mit dem Link ist unterwegs.
notice-admin-invitation-renewed = Die Einladung hat einen neuen Link. Der bisherige funktioniert nicht mehr.
notice-admin-invitation-revoked = Die Einladung wurde zurückgezogen. Ihr Link funktioniert nicht mehr.
notice-admin-invitation-over = Diese Einladung war schon vorbei. Es wurde nichts geändert.
notice-admin-group-created = Die Gruppe wurde erstellt.
notice-admin-group-joined = Das Konto wurde in die Gruppe aufgenommen.
notice-admin-group-left = Das Konto wurde aus der Gruppe entfernt.
notice-admin-group-deleted = Die Gruppe wurde gelöscht. Ihre Mitglieder sind nicht mehr darin.
notice-admin-own-membership = Sie können sich nicht selbst entfernen, aber ein anderer Administrator kann es. Es wurde nichts geändert.
notice-admin-app-created = Die App wurde hinzugefügt.
notice-admin-app-changed = Die App wurde gespeichert. Das gilt ab dem nächsten Aufruf.
notice-admin-app-disabled = Die App wurde gesperrt. Niemand kann sie öffnen.
notice-admin-app-enabled = Die App wurde wieder freigegeben.
notice-admin-app-removed = Die App wurde entfernt. Niemand kann sie durch den Proxy öffnen.
notice-admin-email-retried = Der Versand wird innerhalb einer Minute noch einmal versucht.
notice-admin-email-underway = Die E-Mail ist vielleicht gerade unterwegs. Versuchen Sie es in fünf Minuten noch einmal, falls sie dann noch wartet.
notice-admin-email-gone = Die E-Mail wurde inzwischen gesendet oder aufgegeben.
notice-admin-email-dropped = Die E-Mail wurde verworfen.
