### Vestibule's words in French. en.ftl explains each message and its variables; the keys and their order are the same.
###
### Terms: se connecter, connexion, se déconnecter, créer un compte, adresse e-mail, appareil, session; "vous"; imperative.
### Application d'authentification, clé d'accès (passkey), code de récupération, authentification à deux facteurs.
### No words that agree with the reader ("Vos appareils seront déconnectés", not "Vous serez déconnecté").
### No "de" or "à" before $site and $contact, which would elide or contract: "sur { $site }", "contactez { $contact }".
### U+202F before ; ! ? and U+00A0 before : and inside « ». In French [one] is for 0 and 1.


## Language

language-name = Français
language-direction = ltr
sentences = { $first } { $second }


## Time

duration = { $unit ->
    [second] { $count ->
        [one] { $count } seconde
       *[other] { $count } secondes
    }
    [minute] { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
    [hour] { $count ->
        [one] { $count } heure
       *[other] { $count } heures
    }
   *[day] { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
}
# also before "suivant le changement", which fits singular and plural
duration-within = { $unit ->
    [second] { $count ->
        [one] dans la seconde
       *[other] dans les { $count } secondes
    }
    [minute] { $count ->
        [one] dans la minute
       *[other] dans les { $count } minutes
    }
    [hour] { $count ->
        [one] dans l’heure
       *[other] dans les { $count } heures
    }
   *[day] { $count ->
        [one] dans les 24 heures
       *[other] dans les { $count } jours
    }
}
duration-for = { $unit ->
    [second] { $count ->
        [one] pendant une seconde
       *[other] pendant { $count } secondes
    }
    [minute] { $count ->
        [one] pendant une minute
       *[other] pendant { $count } minutes
    }
    [hour] { $count ->
        [one] pendant une heure
       *[other] pendant { $count } heures
    }
   *[day] { $count ->
        [one] pendant un jour
       *[other] pendant { $count } jours
    }
}
duration-after = { $unit ->
    [second] { $count ->
        [one] après une seconde
       *[other] après { $count } secondes
    }
    [minute] { $count ->
        [one] après une minute
       *[other] après { $count } minutes
    }
    [hour] { $count ->
        [one] après une heure
       *[other] après { $count } heures
    }
   *[day] { $count ->
        [one] après un jour
       *[other] après { $count } jours
    }
}
time-month = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}
time-weekday = { $weekday ->
    [1] Lundi
    [2] Mardi
    [3] Mercredi
    [4] Jeudi
    [5] Vendredi
    [6] Samedi
   *[7] Dimanche
}
time-date = { $day ->
    [1] 1er { time-month } { $year }
   *[other] { $day } { time-month } { $year }
}
time-clock = { $hour }:{ $minute } { $zone }
time-exact = { time-date } à { time-clock }
time-just-now = à l’instant
time-minutes-ago = { $count ->
    [one] il y a une minute
   *[other] il y a { $count } minutes
}
time-today = aujourd’hui à { time-clock }
time-yesterday = hier à { time-clock }
time-heading-today = Aujourd’hui
time-heading-yesterday = Hier
time-heading-day = { time-weekday } { time-date }


## Browsers and places

browser = { $browser ->
    [unknown] { $system ->
        [unknown] Navigateur inconnu
        [iPad] Navigateur inconnu sur un iPad
        [iPhone] Navigateur inconnu sur un iPhone
       *[other] Navigateur inconnu sous { $system }
    }
   *[other] { $system ->
        [unknown] { $browser }
        [iPad] { $browser } sur un iPad
        [iPhone] { $browser } sur un iPhone
       *[other] { $browser } sous { $system }
    }
}
browser-from = { $browser ->
    [unknown] { $system ->
        [unknown] depuis un navigateur inconnu
        [iPad] depuis un navigateur inconnu sur un iPad
        [iPhone] depuis un navigateur inconnu sur un iPhone
       *[other] depuis un navigateur inconnu sous { $system }
    }
   *[other] { $system ->
        [unknown] depuis { $browser }
        [iPad] depuis { $browser } sur un iPad
        [iPhone] depuis { $browser } sur un iPhone
       *[other] depuis { $browser } sous { $system }
    }
}
place = { $ip ->
    [unknown] { browser }
   *[other] { browser } · { $ip }
}
place-operator = Par les responsables de ce site
place-administrator = Par un administrateur de ce site
place-ip = { $ip ->
    [unknown] Adresse IP inconnue
   *[other] Adresse IP { $ip }
}


## Frame of every page

page-title = { $title } · { $site }
page-title-error = Erreur : { $title } · { $site }
page-description = Votre compte sur { $site }.
frame-skip = Aller au contenu
frame-nav = Menu principal
nav-home = Accueil
nav-profile = Profil
nav-settings = Paramètres
nav-logout = Déconnexion
nav-login = Connexion
nav-signup = Créer un compte
footer-label = À propos de ce site
footer-language = Langue
footer-contact = Une question ? Contactez { $contact }.
footer-terms = Conditions d’utilisation
frame-print = { $site }, { $name } ({ $address }), { $date }
frame-working = Un instant…


## Fields

field-email = Adresse e-mail
field-name = Nom
field-password = Mot de passe
field-current-password = Mot de passe actuel
field-new-password = Nouveau mot de passe
field-new-email = Nouvelle adresse e-mail
field-account-email = Adresse e-mail de ce compte
field-your-name = Votre nom
placeholder-your-email = Votre adresse e-mail
placeholder-your-password = Votre mot de passe
placeholder-email = Adresse e-mail
placeholder-name = Nom
placeholder-password = Mot de passe
placeholder-new-password = Mot de passe
placeholder-new-email = Nouvelle adresse e-mail
password-show = Afficher
password-hide = Masquer
password-show-label = { $field ->
    [current] Afficher le mot de passe actuel
    [new] Afficher le nouveau mot de passe
   *[password] Afficher le mot de passe
}
password-hide-label = { $field ->
    [current] Masquer le mot de passe actuel
    [new] Masquer le nouveau mot de passe
   *[password] Masquer le mot de passe
}
password-caps-lock = Le verrouillage des majuscules est activé.
password-length = Caractères : { $typed } sur { $least } au minimum
password-example = parapluie gravier violon
password-rule = Au moins { $least } caractères, et difficile à deviner. Trois ou quatre mots sans rapport entre eux conviennent bien, par exemple « { password-example } ».


## Front page

home-title = Accueil
home-tagline = L’authentification et les autorisations en toute simplicité avec Rocket.
home-login = Se connecter
home-signup = Créer un compte
home-profile = Voir votre profil
apps-yours = Vos applications


## Profile

profile-title = Profil
profile-welcome = Bienvenue, { $name } !
profile-address = Votre compte : { $address }
profile-last-login = Dernière connexion : { $when } · { $browser }
profile-activity = Ce n’était pas vous ? Vérifiez votre activité
profile-settings = Paramètres


## Login

login-title = Connexion
login-remember = Se souvenir de moi
login-remember-hint = Votre compte reste ouvert sur cet appareil { duration-for } au plus. Ne cochez pas cette case sur un ordinateur partagé.
login-button = Se connecter
login-forgot = Mot de passe oublié ?
login-unconfirmed = E-mail de confirmation non reçu ?
login-new-here = Première visite ?
login-signup = Créer un compte
login-closed = { $contact ->
    [none] Pas encore de compte ? Demandez-en un aux responsables de ce site.
   *[other] Pas encore de compte ? Pour en obtenir un, contactez { $contact }.
}
login-by-email = Vous n’avez pas besoin d’attendre : nous pouvons vous envoyer par e-mail un lien pour choisir un nouveau mot de passe. Vous pourrez alors vous connecter tout de suite.
login-by-email-link = Recevoir un lien


## Switch account

switch-title = Changer de compte ?
switch-now = Vous utilisez le compte { $address }. Pour passer à un autre compte, nous fermerons d’abord cette session.
switch-stay = Rester sur ce compte
switch-button = Changer de compte


## The gate: on the way to an app

gate-log-in = Connectez-vous pour continuer vers { $app }.
gate-onward-title = Vers { $app }
gate-onward = Cela ne prend qu’un instant.
gate-onward-link = Aller à { $app }
gate-denied-title = Vous ne pouvez pas utiliser { $app }
gate-denied = Vous utilisez le compte { $address }.
gate-denied-advice = { $contact ->
    [none] Si vous devriez y avoir accès, demandez aux responsables de ce site. Ou utilisez un autre compte.
   *[other] Si vous devriez y avoir accès, demandez à { $contact }. Ou utilisez un autre compte.
}
gate-denied-button = Se déconnecter et utiliser un autre compte
gate-early = Vous avez ouvert beaucoup de pages d’applications à la fois
gate-trouble-title = Nous n’avons pas pu vous laisser entrer
gate-trouble-kept = Votre navigateur n’a pas gardé le cookie de { $host }. Sans lui, l’application qui s’y trouve ne peut pas savoir que vous êtes connecté.
gate-trouble-set = Le cookie de { $host } a été déposé et n’est pas revenu. Sans lui, l’application qui s’y trouve ne peut pas savoir que vous êtes connecté.
gate-trouble-advice = Les cookies de { $host } sont peut-être bloqués, par les réglages de votre navigateur ou par une extension. Autorisez-les, puis réessayez.
gate-trouble-again = Réessayer
gate-trouble-report = { $contact ->
    [none] Si cela ne suffit pas, dites-le aux responsables de ce site : le proxy devant { $host } ne transmet peut-être pas les cookies.
   *[other] Si cela ne suffit pas, dites-le à { $contact } : le proxy devant { $host } ne transmet peut-être pas les cookies.
}


## Sign-up

signup-title = Créer un compte
signup-button = Créer un compte
signup-have-account = Déjà un compte ?
signup-login = Se connecter
signup-terms = J’accepte les conditions d’utilisation
signup-terms-read = Lire les conditions d’utilisation
signup-closed = Les inscriptions sont fermées
signup-closed-advice = { $contact ->
    [none] Pour obtenir un compte, adressez-vous aux responsables de ce site.
   *[other] Pour obtenir un compte, contactez { $contact }.
}
signup-invited = Il vous faut une invitation
signup-invited-advice = { $contact ->
    [none] Pour en obtenir une, adressez-vous aux responsables de ce site.
   *[other] Pour en obtenir une, contactez { $contact }.
}


## Invitation

invited-title = Vous avez une invitation
invited-lead = { $site } vous invite à rejoindre le site.
invited-lead-groups = { $count ->
    [one] { $site } vous invite à rejoindre ce groupe :
   *[other] { $site } vous invite à rejoindre ces groupes :
}
invited-handle = Les applications de ce site vous connaîtront sous le nom d’utilisateur { $handle }.
invited-until = L’invitation expire le { $when }.
invited-sign-up = Pour l’accepter, créez un compte.
invited-bound = L’invitation est destinée à cette adresse.
invited-as = Vous utilisez le compte { $address }.
invited-join = Rejoindre avec ce compte
invited-nothing = Vous utilisez le compte { $address }. Vous avez déjà un compte ici : il ne reste rien à faire.
invited-other = L’invitation est destinée à { $address }, et vous utilisez le compte { $other }. Déconnectez-vous, puis ouvrez de nouveau le lien.
invited-over-title = Cette invitation n’est plus valable
invited-over-lead = Elle a été utilisée, a expiré ou a été annulée. Pour en obtenir une autre, adressez-vous à la personne qui vous l’a envoyée.


## Check your email

check-email-title = Consultez vos e-mails
check-email-signup = Nous avons envoyé un e-mail à { $address }. Pour terminer, ouvrez-le et cliquez sur le lien { duration-within }.
check-email-reset = S’il existe un compte pour { $address }, nous avons envoyé un e-mail à cette adresse. Ouvrez-le et cliquez sur le lien { duration-within } pour choisir un nouveau mot de passe.
check-email-confirm = Si l’adresse { $address } n’est pas encore confirmée, nous y avons envoyé un e-mail. Ouvrez-le et cliquez sur le lien { duration-within }.
check-email-nothing = Vous n’avez rien reçu ? Cela peut prendre quelques minutes. Regardez aussi dans les courriers indésirables (spams).
check-email-newest = Si vous aviez déjà fait cette demande et que rien de nouveau n’arrive, utilisez le dernier e-mail reçu.
check-email-again = Renvoyer l’e-mail
check-email-other = Utiliser une autre adresse
check-email-contact = Toujours rien ? Contactez { $contact }.


## Confirm an email address

confirm-title = Confirmez votre adresse e-mail
unconfirmed-lead = Ouvrez le lien dans l’e-mail que nous vous avons envoyé. Vous ne l’avez pas reçu, ou il est trop ancien ? Nous vous en enverrons un autre.
unconfirmed-button = Renvoyer l’e-mail
unconfirmed-life = Veuillez utiliser le lien { duration-within }. Il ne fonctionne qu’une fois.
back-to-login = Retour à la connexion
confirm-lead = Pour confirmer l’adresse { $address }, saisissez le mot de passe que vous avez choisi en créant votre compte.
confirm-button = Confirmer
confirm-unknown-password = Vous ne le connaissez pas ? Choisissez un nouveau mot de passe. Si quelqu’un d’autre a créé un compte avec votre adresse, cette personne n’y aura plus accès.
confirm-reset = Choisir un nouveau mot de passe
confirm-other-account = Vous utilisez le compte { $other }. Si vous confirmez l’adresse { $address }, vous passerez à cet autre compte.


## Forgotten password

forgot-title = Mot de passe oublié ?
forgot-lead = Nous vous enverrons par e-mail un lien pour en choisir un nouveau.
forgot-button = Recevoir le lien
forgot-life = Veuillez utiliser le lien { duration-within }. Il ne fonctionne qu’une fois.
forgot-no-email = { $contact ->
    [none] Pour recevoir un lien et choisir un nouveau mot de passe, adressez-vous aux responsables de ce site.
   *[other] Pour recevoir un lien et choisir un nouveau mot de passe, contactez { $contact }.
}
reset-title = Nouveau mot de passe
reset-lead = Choisissez un nouveau mot de passe pour { $address }. Tous vos appareils seront déconnectés.
reset-name-hint = Comment devons-nous vous appeler ? Nous vous le demandons parce que cette adresse n’a jamais été confirmée.
reset-button = Enregistrer
reset-first-title = Bienvenue
reset-first-lead = Choisissez un mot de passe pour { $address }.
reset-first-name-hint = Comment devons-nous vous appeler ? Ce nom a été saisi pour vous.


## Links from emails

link-over-title = Ce lien ne fonctionne plus
link-over-lead = Il a déjà servi, il a expiré, ou il a été remplacé par un lien plus récent ou par un nouveau mot de passe. Si vous l’avez déjà utilisé, vous n’avez plus rien à faire.
link-over-login = Se connecter
link-over-new = Recevoir un autre lien
link-leave = Ne rien changer

change-email-title = Changer votre adresse e-mail ?
change-email-lead = Vous vous connecterez désormais avec { $address } et vous y recevrez nos e-mails. Pour confirmer, saisissez le mot de passe de votre compte.
change-email-button = Changer l’adresse
change-email-not-you = Ce n’est pas vous ? Quelqu’un a peut-être saisi votre adresse par erreur. Vous pouvez simplement fermer cette page.

restore-email-title = Rétablir votre ancienne adresse e-mail ?
restore-email-lead = Votre compte retrouvera son ancienne adresse { $address }, tous les appareils seront déconnectés et votre mot de passe ne fonctionnera plus. Nous vous enverrons ensuite par e-mail un lien pour en choisir un nouveau.
restore-email-button = Rétablir l’adresse

secure-title = Déconnecter tous les appareils ?
secure-lead = Tous les appareils du compte { $address } seront déconnectés et votre mot de passe ne fonctionnera plus. Nous vous enverrons ensuite par e-mail un lien pour en choisir un nouveau.
secure-button = Tout déconnecter
secure-stays-on = { $contact ->
    [none] L’authentification à deux facteurs, activée le { $date }, restera active. Si ce n’était pas vous, demandez d’abord de l’aide aux responsables de ce site.
   *[other] L’authentification à deux facteurs, activée le { $date }, restera active. Si ce n’était pas vous, demandez d’abord de l’aide à { $contact }.
}
secure-was-me = Non, c’était moi

secure-moved-title = Votre adresse e-mail a été changée
secure-moved-lead = Ce compte n’utilise plus l’adresse { $address }. Ce lien ne permet donc plus de déconnecter ses appareils.
secure-moved-revertible = Si ce n’est pas vous qui l’avez changée, vous pouvez encore récupérer votre compte. Nous avons envoyé à { $address } un e-mail dont l’objet est « { $subject } ». Ouvrez le lien qu’il contient : votre adresse sera rétablie et tous les appareils seront déconnectés.
secure-moved-life = Veuillez le faire { duration-within } suivant le changement. Si vous ne trouvez pas l’e-mail, regardez aussi dans les courriers indésirables (spams).
secure-moved-over = { $contact ->
    [none] Ce changement ne peut plus être annulé par e-mail. S’il ne vient pas de vous, demandez de l’aide aux responsables de ce site.
   *[other] Ce changement ne peut plus être annulé par e-mail. S’il ne vient pas de vous, contactez { $contact } pour obtenir de l’aide.
}

delete-title = Supprimer votre compte ?
delete-lead = Le compte dont parle l’e-mail envoyé à { $address } sera supprimé, avec le nom, l’adresse, la liste des appareils et l’activité. Cette suppression est définitive.
delete-button = Supprimer le compte


## Settings

settings-title = Paramètres
settings-account = Compte
settings-devices = Appareils
settings-activity = Activité
settings-back = Retour à votre compte
settings-cancel = Annuler

account-profile = Profil
account-security = Adresse e-mail et mot de passe
account-data = Vos données
account-save-name = Enregistrer le nom
account-email = Adresse e-mail
account-change-email = Changer l’adresse
account-confirmation = Confirmation
account-unconfirmed = Votre adresse n’est pas encore confirmée. Ouvrez le lien dans l’e-mail que nous vous avons envoyé.
account-confirm-again = Renvoyer l’e-mail
account-pending = { $by ->
    [administrator] Un administrateur a créé un lien qui la remplace par { $address } et vous le donnera.
    [command_line] Les responsables de ce site ont créé un lien qui la remplace par { $address } et vous le donneront.
   *[owner] Vous avez demandé à la remplacer par { $address }. Ouvrez le lien dans l’e-mail envoyé à cette nouvelle adresse.
}
account-pending-cancel = Annuler le changement
account-password = Mot de passe
account-password-hint = Si vous le changez, vos autres appareils seront déconnectés.
account-change-password = Changer le mot de passe
account-language = Langue
account-language-hint = Les pages changent quand vous enregistrez, nos e-mails une semaine plus tard : ainsi, personne ne peut vous cacher un avertissement dans une autre langue.
account-language-automatic = Langue du navigateur
account-language-save = Enregistrer la langue
account-handle = Nom d’utilisateur dans les applications
account-handle-hint = Les applications de ce site vous connaissent sous ce nom. Seul un administrateur peut le changer.
account-copy = Une copie de vos données
account-copy-hint = Tout ce que ce site sait de vous, dans un fichier.
account-copy-button = Télécharger
account-terms = Vous avez accepté les conditions d’utilisation (version { $version }) le { $date }.
account-delete = Supprimer le compte
account-delete-hint = Cette suppression est définitive.

email-page-title = Changer d’adresse e-mail
email-page-now = Votre adresse est { $address }.
email-page-button = Envoyer un lien
email-page-lead = Nous enverrons un lien à la nouvelle adresse. Pour que le changement se fasse, ouvrez-le { duration-within }.
email-page-undo = Nous préviendrons aussi votre ancienne adresse. Depuis celle-ci, vous pourrez annuler le changement { duration-for }.
email-page-no-email = { $contact ->
    [none] Pour la changer, demandez un lien aux responsables de ce site.
   *[other] Pour la changer, contactez { $contact } afin de recevoir un lien.
}

password-page-title = Changer le mot de passe
password-page-lead = Vos autres appareils seront déconnectés.
password-page-button = Changer le mot de passe

close-title = Supprimer le compte
close-lead = Votre compte { $address } sera supprimé, avec votre nom, votre adresse, la liste de vos appareils et votre activité. Cette suppression est définitive.
close-by-link = Nous vous enverrons d’abord un lien par e-mail. Pour supprimer le compte, ouvrez-le { duration-within }.
close-by-link-where = L’e-mail sera envoyé à votre adresse, ou à la précédente si le changement date de moins de { duration }.
close-button-link = Recevoir le lien
close-button = Supprimer le compte

reauthenticate-title = Confirmez votre mot de passe
reauthenticate-lead = Vous utilisez le compte { $address }. Veuillez saisir à nouveau votre mot de passe.
reauthenticate-button = Continuer

logout-title = Déconnexion
logout-question = Se déconnecter du site { $site } ?
logout-button = Se déconnecter


## Devices

devices-lead = Votre compte est ouvert sur ces appareils. L’un d’eux vous est inconnu ? Déconnectez-le et changez votre mot de passe.
devices-here = Cet appareil
devices-remembered = Reste connecté
devices-began = Connexion : { $when }
devices-last-used = Dernière utilisation : { $when }
devices-apps = Également connecté à :
devices-end = Déconnecter
devices-end-here = Se déconnecter ici
devices-end-others = Déconnecter les autres
devices-none = Il n’y a rien de plus à afficher.


## Activity

activity-lead = { $count ->
    [one] Activité de votre compte au cours des dernières 24 heures.
   *[other] Activité de votre compte au cours des { $count } derniers jours.
}
activity-lead-short = Activité récente de votre compte.
activity-none = Il ne s’est encore rien passé.
activity-end = Il n’y a rien de plus à afficher.
activity-older = Plus anciens
activity-newest = Les plus récents
activity-unknown = Une activité vous est inconnue ? Changez votre mot de passe

mark-wrong-password = Mot de passe incorrect
mark-new-browser = Nouveau navigateur
mark-password = Mot de passe
mark-email = Adresse e-mail
mark-wrong-code = Code incorrect
mark-security = Sécurité


## Events

event-signed-up = { $actor ->
    [administrator] Un administrateur a créé votre compte
    [command_line] Votre compte a été créé
   *[owner] Vous avez créé votre compte
}
event-logged-in = { $remembered ->
    [yes] Connexion à votre compte, et cet appareil reste connecté
   *[no] Connexion à votre compte
}
event-logged-in-new-browser = { $remembered ->
    [yes] Connexion depuis un nouveau navigateur, qui reste connecté
   *[no] Connexion depuis un nouveau navigateur
}
event-resumed-by-device = Connexion automatique à votre compte
event-password-wrong = Un mot de passe incorrect a été saisi
event-barred-unconfirmed = Connexion refusée : l’adresse e-mail n’est pas confirmée
event-barred-disabled = Connexion refusée : le compte est désactivé
event-passwords-paused = Trop de mots de passe incorrects : il faut attendre avant de réessayer
event-unlocked = { $actor ->
    [administrator] Un administrateur a levé l’attente après les mots de passe incorrects
   *[owner] L’attente après les mots de passe incorrects a été levée
}
event-network-unlocked = L’attente d’un réseau après des mots de passe incorrects a été levée
event-reauthenticated = Vous avez confirmé qu’il s’agissait bien de vous
event-device-remembered = Vous avez demandé que l’appareil reste connecté
event-device-reused = Une connexion mémorisée a servi deux fois : nous avons déconnecté cet appareil
event-logged-out = Déconnexion de votre compte
event-device-ended = { $actor ->
    [administrator] Un administrateur a déconnecté un de vos appareils
   *[owner] Vous avez déconnecté un autre appareil
}
event-others-ended = Vous avez déconnecté tous les autres appareils
event-all-ended = Un administrateur a déconnecté tous vos appareils
event-password-changed = { $actor ->
    [command_line] Votre mot de passe a été changé
   *[owner] Vous avez changé votre mot de passe
}
event-password-reset = Vous avez choisi un nouveau mot de passe, à l’aide d’un lien
event-reset-link-made = { $actor ->
    [administrator] Un administrateur a créé un lien pour choisir un nouveau mot de passe
    [command_line] Un lien pour choisir un nouveau mot de passe a été créé
   *[owner] Quelqu’un a demandé un lien pour choisir un nouveau mot de passe
}
event-confirmed = { $actor ->
    [administrator] Un administrateur a confirmé votre adresse e-mail
   *[owner] Vous avez confirmé votre adresse e-mail
}
event-email-change-asked = { $actor ->
    [administrator] Un administrateur a créé un lien pour changer votre adresse e-mail
   *[owner] Vous avez demandé à changer d’adresse e-mail
}
event-email-change-cancelled = Vous avez annulé le changement de votre adresse e-mail
event-email-changed = Vous avez changé votre adresse e-mail
event-email-restored = Votre ancienne adresse e-mail a été rétablie
event-close-asked = Vous avez demandé à supprimer votre compte
event-secured = Tous les appareils ont été déconnectés et le mot de passe annulé, à l’aide d’un lien reçu par e-mail
event-name-changed = { $actor ->
    [command_line] Votre nom a été changé
   *[owner] Vous avez changé votre nom
}
event-handle-changed = { $actor ->
    [administrator] Un administrateur a changé votre nom d’utilisateur dans les applications
   *[owner] Votre nom d’utilisateur dans les applications a été changé
}
event-exported = { $actor ->
    [command_line] Une copie de vos données a été créée
   *[owner] Vous avez téléchargé une copie de vos données
}
event-disabled = { $actor ->
    [administrator] Un administrateur a désactivé le compte
   *[owner] Le compte a été désactivé
}
event-enabled = { $actor ->
    [administrator] Un administrateur a réactivé le compte
   *[owner] Le compte a été réactivé
}
event-group-created = Un groupe a été créé
event-group-deleted = Un groupe a été supprimé
event-group-title-changed = Le titre d’un groupe a été changé
event-connected-app-created = Une application a été ajoutée
event-connected-app-changed = Une application a été modifiée
event-connected-app-disabled = Une application a été désactivée
event-connected-app-enabled = Une application a été réactivée
event-connected-app-deleted = Une application a été enlevée
event-group-joined = { $actor ->
    [administrator] Un administrateur a ajouté votre compte à un groupe
   *[owner] Votre compte a été ajouté à un groupe
}
event-group-left = { $actor ->
    [administrator] Un administrateur a retiré votre compte d’un groupe
   *[owner] Votre compte a été retiré d’un groupe
}
event-invitation-made = Une invitation a été créée
event-invitation-renewed = Une invitation a reçu un nouveau lien
event-invitation-revoked = Une invitation a été annulée
event-invitation-used = Vous avez utilisé une invitation
event-email-retried = Un administrateur a de nouveau tenté de vous envoyer un e-mail
event-email-dropped = Un administrateur a retiré un e-mail qui vous était destiné avant son envoi
event-factor-added = Une application d’authentification ou une clé d’accès a été ajoutée
event-factor-removed = { $actor ->
    [administrator] Un administrateur a retiré une application d’authentification, une clé d’accès ou des codes de récupération
   *[owner] Une application d’authentification, une clé d’accès ou des codes de récupération ont été retirés
}
event-factor-replaced = Votre application d’authentification a été remplacée par une autre
event-two-factor-on = L’authentification à deux facteurs a été activée
event-two-factor-off = { $actor ->
    [administrator] Un administrateur a désactivé l’authentification à deux facteurs
   *[owner] L’authentification à deux facteurs a été désactivée
}
event-factor-wrong = Un code incorrect a été saisi, ou une clé d’accès a été refusée
event-factors-paused = Trop de codes incorrects : il faut attendre avant de réessayer
event-app-stopped = Trop de codes incorrects : votre application d’authentification est à configurer de nouveau
event-recovery-code-used = Un code de récupération a été utilisé
event-recovery-code-made = Un code de récupération a été créé pour votre compte
event-recovery-codes-kept = Des codes de récupération ont été mis en place : eux seuls sont valables
event-passkey-renamed = Vous avez renommé une clé d’accès
event-passkey-counter = Une clé d’accès a été utilisée, dont il existe peut-être une copie
event-passkey-backup-changed = La sauvegarde d’une clé d’accès a été activée ou désactivée
event-passkeys-rest = Vos clés d’accès demandent maintenant aussi votre mot de passe
event-passkeys-woken = Vos clés d’accès fonctionnent de nouveau sans votre mot de passe
event-deleted = Le compte a été supprimé
event-unknown = Un événement que cette version du programme ne connaît pas
event-app-unknown = Un événement que cette version de l’application ne connaît pas
event-unknown-actor = Par quelqu’un que cette version du programme ne connaît pas


## Notices

notice-log-in-first = Veuillez vous connecter pour accéder à cette page.
notice-log-in-first-typed = Veuillez vous connecter pour accéder à cette page. Ce que vous avez saisi n’a pas été enregistré.
notice-session-idle = Votre session a été fermée { duration-after } sans activité. Veuillez vous reconnecter.
notice-session-idle-typed = Votre session a été fermée { duration-after } sans activité. Veuillez vous reconnecter. Ce que vous avez saisi n’a pas été enregistré.
notice-session-old = Pour votre sécurité, votre session a été fermée { duration-after }. Veuillez vous reconnecter.
notice-session-old-typed = Pour votre sécurité, votre session a été fermée { duration-after }. Veuillez vous reconnecter. Ce que vous avez saisi n’a pas été enregistré.
notice-email-taken = Un compte existe déjà avec cette adresse e-mail.
notice-email-taken-login = Connectez-vous.
notice-log-in-failed = Vérifiez votre adresse e-mail et votre mot de passe, puis réessayez.
notice-log-in-failed-or-unconfirmed = Vérifiez votre adresse e-mail et votre mot de passe, puis réessayez. Si vous venez de créer votre compte, confirmez d’abord votre adresse e-mail.
notice-confirm-first = Vérifiez votre adresse e-mail et votre mot de passe, puis réessayez. Si vous venez de créer votre compte, confirmez d’abord votre adresse e-mail : ouvrez le lien dans l’e-mail que nous vous avons envoyé.
notice-account-ready = Votre compte est prêt. Veuillez vous connecter.
notice-invitation-accepted = Vous avez accepté l’invitation.
notice-logged-out = Déconnexion réussie.
notice-switched = Déconnexion réussie. Vous pouvez maintenant vous reconnecter.
notice-switch-first = Une session est déjà ouverte dans ce navigateur. Rien n’a été changé.
notice-reauthenticate-first = Pour votre sécurité, veuillez confirmer qu’il s’agit bien de vous.
notice-reauthenticate-again = Pour votre sécurité, veuillez confirmer qu’il s’agit bien de vous. Ce que vous aviez saisi n’a pas pu être enregistré : il faudra le saisir encore une fois.
notice-reauthenticate-download = Pour votre sécurité, veuillez confirmer qu’il s’agit bien de vous. Appuyez ensuite encore une fois sur « { account-copy-button } ».
notice-device-ended = L’appareil a été déconnecté.
notice-others-ended = Tous vos autres appareils ont été déconnectés.
notice-name-changed = Votre nom a été changé.
notice-name-unchanged = C’est déjà votre nom : rien n’a changé.
notice-language-changed = La langue a été changée.
notice-password-changed = Votre mot de passe a été changé. Vos autres appareils ont été déconnectés.
notice-password-reset = Votre mot de passe a été changé. Veuillez vous connecter.
notice-password-first = Votre mot de passe est enregistré. Veuillez vous connecter.
notice-confirm-sent = C’est presque fini. Nous vous avons envoyé un e-mail ; pour terminer, ouvrez le lien qu’il contient.
notice-link-asked = S’il existe un compte pour cette adresse, nous y avons envoyé un lien. Cela peut prendre quelques minutes. Regardez aussi dans les courriers indésirables (spams).
notice-confirm-asked = Si cette adresse n’est pas encore confirmée, nous y avons envoyé un lien. Cela peut prendre quelques minutes. Regardez aussi dans les courriers indésirables (spams).
notice-confirmed = Votre adresse e-mail est confirmée.
notice-already-confirmed = Votre adresse e-mail est déjà confirmée.
notice-email-asked = Nous avons envoyé un lien à la nouvelle adresse. Votre adresse changera quand vous l’ouvrirez.
notice-email-cancelled = Votre adresse e-mail reste la même. Le lien que nous avons envoyé ne fonctionne plus.
notice-email-changed = Votre adresse e-mail a été changée.
notice-email-taken-elsewhere = Cette adresse appartient à un autre compte. Rien n’a été changé.
notice-email-restored = Votre ancienne adresse e-mail est rétablie, et tous vos appareils ont été déconnectés. Nous vous avons envoyé par e-mail un lien pour choisir un nouveau mot de passe.
notice-secured = Tous vos appareils ont été déconnectés. Nous vous avons envoyé par e-mail un lien pour choisir un nouveau mot de passe.
notice-close-asked = Nous vous avons envoyé un lien par e-mail. Rien ne sera supprimé avant que vous ouvriez ce lien et appuyiez sur le bouton de la page.
notice-account-deleted = Votre compte a été supprimé.
notice-device-reused = Nous avons déconnecté un appareil : la même connexion a servi à deux endroits, et quelqu’un l’a peut-être copiée. Si vous ne savez pas d’où cela vient, changez votre mot de passe.
notice-other-account = Vous aviez ouvert cette page avec un autre compte. Rien n’a été changé. Veuillez réessayer ici.
notice-device-logged-out = { $actor ->
    [administrator] Cet appareil a été déconnecté le { $date } à { $time } par un administrateur de ce site.
    [command_line] Cet appareil a été déconnecté le { $date } à { $time } par les responsables de ce site.
   *[owner] Cet appareil a été déconnecté le { $date } à { $time } { browser-from }.
}


## Errors of forms

form-not-whole = Une partie du formulaire s’est perdue. Veuillez le remplir à nouveau.
form-other-link = Ce formulaire venait d’un autre lien. Rien n’a été changé. Cette page concerne le lien que vous avez ouvert en dernier.
form-email-empty = Saisissez votre adresse e-mail.
form-email-invalid = Saisissez une adresse e-mail comme ada@example.org.
form-email-same = C’est déjà votre adresse e-mail.
form-email-not-own = Saisissez l’adresse e-mail de ce compte.
form-email-of-another = Ce n’est pas l’adresse e-mail de ce compte.
form-name-empty = Saisissez votre nom.
form-name-empty-of-another = Un compte doit avoir un nom.
form-name-long = { $most } caractères au maximum.
form-name-unprintable = Veuillez enlever les caractères invisibles.
form-name-invisible = Saisissez un nom visible.
form-name-piled = Mettez moins d’accents sur une même lettre.
form-handle-malformed = Utilisez de 1 à 32 caractères : a-z, 0-9, points, tirets bas et traits d’union, en commençant et en finissant par une lettre ou un chiffre.
form-handle-reserved = Ce nom a un sens particulier dans les applications. Choisissez-en un autre.
form-password-empty = Saisissez votre mot de passe.
form-password-wrong = Ce n’est pas votre mot de passe. Veuillez réessayer.
form-password-wrong-account = Ce n’est pas le mot de passe de ce compte. Veuillez réessayer.
form-password-same = C’est déjà votre mot de passe. Choisissez-en un autre.
form-new-password-empty = Saisissez un mot de passe.
form-new-password-short = Il faut au moins { $least } caractères.
form-new-password-long = { $most } caractères au maximum.
form-new-password-named = Ce mot de passe est facile à deviner. N’utilisez ni votre adresse, ni votre nom, ni le nom de ce site.
form-new-password-example = Ce mot de passe est un exemple que ce site affiche. Choisissez vos propres mots.
form-new-password-unjudged = Nous n’avons pas pu vérifier ce mot de passe. Veuillez en essayer un autre.
form-new-password-weak = Ce mot de passe est facile à deviner.
form-terms = Pour créer un compte, veuillez accepter les conditions d’utilisation.
form-language = Choisissez une langue dans la liste.
form-close-confirmed = Votre adresse e-mail vient d’être confirmée. Rien n’a été supprimé. Pour supprimer le compte, il faut maintenant un lien que nous vous enverrons par e-mail : veuillez saisir encore une fois votre mot de passe.
last-admin = C’est le dernier administrateur. Nommez-en d’abord un autre.
close-last-admin = Vous êtes le dernier administrateur qui peut se connecter. Nommez-en d’abord un autre.
form-cookie-insecure = Nous n’avons pas pu vous connecter, parce que cette page a été ouverte sans connexion sécurisée. Ouvrez { $url } pour vous connecter.
form-cookie-blocked = Nous n’avons pas pu vous connecter, parce que votre navigateur n’a pas gardé le cookie de ce site. Autorisez les cookies pour ce site, puis connectez-vous à nouveau.


## Passwords that are easy to guess

warn-key-rows = Les touches qui se suivent, comme « azerty », sont faciles à deviner.
warn-key-pattern = Les petits motifs tracés sur le clavier sont faciles à deviner.
warn-repeated-letter = Les répétitions comme « aaa » sont faciles à deviner.
warn-repeated-part = Les répétitions comme « abcabcabc » sont à peine plus difficiles à deviner que « abc ».
warn-top-10 = C’est l’un des dix mots de passe les plus courants.
warn-top-100 = C’est l’un des mots de passe les plus courants.
warn-common = Beaucoup de gens utilisent ce mot de passe.
warn-like-common = Ce mot de passe ressemble beaucoup à un mot de passe courant.
warn-sequence = Les suites comme « abc » ou « 6543 » sont faciles à deviner.
warn-year = Les années récentes sont faciles à deviner.
warn-one-word = Un mot seul est facile à deviner.
warn-date = Les dates sont souvent faciles à deviner.
warn-one-name = Un prénom ou un nom seul est facile à deviner.
warn-common-name = Les prénoms et les noms courants sont faciles à deviner.

advice-few-words = Utilisez quelques mots sans rapport entre eux, et non une expression courante.
advice-no-symbols = Les symboles, les chiffres et les majuscules ne sont pas nécessaires.
advice-more-words = Ajoutez un mot ou deux, de préférence des mots rares.
advice-capital = Une majuscule n’aide pas beaucoup.
advice-all-capitals = Un mot de passe tout en majuscules est presque aussi facile à deviner que tout en minuscules.
advice-reversed = Les mots écrits à l’envers ne sont pas beaucoup plus difficiles à deviner.
advice-look-alikes = Remplacer des lettres par des signes, par exemple « a » par « @ », n’aide pas beaucoup.
advice-longer-pattern = Tracez sur le clavier un motif plus long, avec plus de changements de direction.
advice-no-repeats = Ne répétez ni mots ni lettres.
advice-no-sequences = Évitez les suites.
advice-no-years = Évitez les années récentes.
advice-no-own-years = Évitez les années qui ont un rapport avec vous.
advice-no-own-dates = Évitez les dates et les années qui ont un rapport avec vous.


## Too many

limit-log-in = Trop de tentatives de connexion depuis votre accès internet. Attendez { duration }, puis réessayez.
limit-wrong-password = Trop de mots de passe incorrects ont été saisis depuis votre accès internet. Attendez { duration }, puis réessayez.
limit-reauthenticate = Trop de mots de passe incorrects. Attendez { duration }, puis réessayez.
limit-paused = Trop de mots de passe incorrects pour ce compte. Attendez { duration }, puis réessayez.
limit-codes-paused = Trop de codes incorrects pour ce compte. Attendez { duration }, puis réessayez.
limit-recovery-code = Trop de codes de récupération incorrects ont été saisis depuis votre accès internet. Attendez { duration }, puis réessayez.
limit-judge-password = Vous avez essayé beaucoup de nouveaux mots de passe. Attendez { duration }, puis réessayez.
limit-ask-for-mail = Trop d’e-mails ont été demandés depuis votre accès internet. Attendez { duration }, puis réessayez.
limit-mail-by-administrator = Des administrateurs ont envoyé de nombreux e-mails à cette adresse au cours de la dernière heure. Attendez { duration }, puis réessayez.
limit-sign-up = Trop de comptes ont été créés depuis votre accès internet. Attendez { duration }, puis réessayez.
limit-rename = Vous avez changé votre nom de nombreuses fois au cours de la dernière heure. Attendez { duration }, puis réessayez.
limit-export = Vous avez téléchargé plusieurs copies de vos données au cours de la dernière heure. Attendez { duration }, puis réessayez.
limit-export-underway = Une copie de vos données est déjà en préparation. Attendez { duration }, puis réessayez.
limit-email-changed = Votre adresse e-mail a été changée trop souvent. Attendez { duration }, puis réessayez.
limit-no-room = Nous ne pouvons pas envoyer d’e-mails en ce moment. Veuillez réessayer dans quelques minutes.


## Error pages

error-403 = Nous n’avons pas pu accepter ce formulaire
error-403-advice = Ouvrez la page sur ce site, puis réessayez.
not-a-member = Cette page ne vous est pas accessible
not-a-member-advice = { $contact ->
    [none] Seules certaines personnes peuvent l’ouvrir. Si vous devriez en faire partie, adressez-vous aux responsables de ce site.
   *[other] Seules certaines personnes peuvent l’ouvrir. Si vous devriez en faire partie, contactez { $contact }.
}
admin-remembered = Reconnectez-vous pour ouvrir cette page
admin-remembered-advice = Cet appareil est resté connecté de lui-même. Pour cette page, déconnectez-vous d’abord, puis reconnectez-vous.
admin-remembered-button = Se déconnecter et se reconnecter
error-404 = Cette page n’existe pas
error-404-advice = Vérifiez l’adresse, ou repartez de l’accueil.
error-405 = Cette page ne peut pas s’ouvrir de cette façon
error-405-advice = Repartez de l’accueil, ou revenez en arrière et réessayez.
error-408 = Votre connexion internet était trop lente
error-408-advice = Vérifiez votre connexion internet, puis envoyez à nouveau le formulaire.
error-409 = Votre demande n’a pas été exécutée
error-409-advice = Quelque chose a changé entre-temps. Ouvrez à nouveau la page et vérifiez-la avant d’envoyer le formulaire.
error-413 = L’envoi était trop volumineux
error-413-advice = Revenez en arrière, raccourcissez ce que vous avez saisi, puis envoyez à nouveau le formulaire.
error-415 = Nous n’avons pas pu lire ce formulaire
error-415-advice = Ouvrez la page sur ce site, puis envoyez à nouveau le formulaire.
error-421 = Cette page a une autre adresse
error-421-advice = Veuillez l’ouvrir à cette adresse.
error-421-button = Ouvrir { $url }
error-429 = Trop de demandes depuis votre accès internet
error-429-advice = Attendez un instant, puis réessayez.
error-429-wait = Attendez { duration }, puis réessayez.
error-503 = Le site est surchargé en ce moment
error-503-advice = Veuillez revenir en arrière et réessayer dans quelques secondes.
error-emails-wait = Nous ne pouvons pas envoyer d’e-mails en ce moment
error-emails-wait-advice = Veuillez réessayer dans quelques minutes.
error-underway = Votre demande est encore en cours
error-underway-advice = Le formulaire a été envoyé deux fois, et le premier envoi n’est pas encore traité. Attendez quelques secondes, puis vérifiez si c’est fait avant de l’envoyer à nouveau.
error-no-email = Ce site n’envoie pas d’e-mails
error-no-email-advice = { $contact ->
    [none] Demandez un lien aux responsables de ce site.
   *[other] Contactez { $contact } pour obtenir un lien.
}
error-400 = Quelque chose n’allait pas dans cette demande
error-400-advice = Revenez en arrière et réessayez.
error-500 = Une erreur s’est produite de notre côté
error-500-advice = { $contact ->
    [none] Veuillez réessayer dans un instant. Si l’erreur se répète, communiquez ce code aux responsables de ce site.
   *[other] Veuillez réessayer dans un instant. Si l’erreur se répète, contactez { $contact } en indiquant ce code.
}
error-code = Code d’erreur : { $code }
error-home = Aller à l’accueil


## Emails: what they share

email-hello-name = Bonjour { $name },
email-hello = Bonjour,
email-when = Quand : le { $date } à { $time }
email-where = Où : adresse IP { $ip }
email-browser = Navigateur : { browser }
email-by-operator = Par qui : les responsables de ce site
email-by-administrator = Par qui : un administrateur de ce site
email-life = Veuillez utiliser le lien { duration-within }. Il ne fonctionne qu’une fois.
email-link-text = Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :
email-was-you = Si c’était vous, vous n’avez rien à faire.
email-new-password-button = Choisir un nouveau mot de passe
email-sent-by = Cet e-mail a été envoyé par { $site }, { $url }.
email-no-reply = { $contact ->
    [none] Veuillez ne pas répondre à cet e-mail : personne ne lit les réponses.
   *[other] Une question ? Contactez { $contact }.
}


## Email: confirm

email-confirm-subject = Confirmez votre adresse e-mail pour { $site }
email-confirm-lead = Quelqu’un (nous espérons que c’est vous) a créé un compte sur { $site } avec cette adresse. Pour confirmer qu’elle est bien à vous, ouvrez ce lien et saisissez le mot de passe que vous avez choisi :
email-confirm-button = Confirmer l’adresse
email-confirm-not-you = Si ce n’était pas vous, ne tenez pas compte de cet e-mail ; sans le mot de passe, le lien est sans effet.


## Email: reset

email-reset-subject = Choisissez un nouveau mot de passe pour { $site }
email-reset-lead = { $actor ->
    [command_line] Les responsables du site { $site } vous ont envoyé ce lien pour choisir le nouveau mot de passe de votre compte { $address } :
   *[owner] Quelqu’un a demandé un nouveau mot de passe pour votre compte { $address }. Pour le choisir, ouvrez ce lien :
}
email-reset-newest = Si vous avez fait plusieurs demandes, chacun des liens fonctionne tant que vous n’en avez utilisé aucun.
email-reset-not-you = Si ce n’était pas vous, ne tenez pas compte de cet e-mail ; votre mot de passe reste le même.


## Email: taken

email-taken-subject = Vous avez déjà un compte sur { $site }
email-taken-lead = Quelqu’un (peut-être vous) a voulu utiliser cette adresse pour un compte. Il en existe déjà un : rien n’a donc changé.
email-taken-forgot = Si c’était vous et que vous ne connaissez pas votre mot de passe, choisissez-en un nouveau ici :
email-taken-not-you = Si ce n’était pas vous, vous n’avez rien à faire.


## Email: change

email-change-subject = Confirmez votre nouvelle adresse e-mail pour { $site }
email-change-lead = Quelqu’un (nous espérons que c’est vous) veut utiliser cette adresse pour son compte sur { $site }. Pour la confirmer, ouvrez ce lien et saisissez le mot de passe de ce compte :
email-change-button = Utiliser l’adresse
email-change-not-you = Si ce n’était pas vous, ne tenez pas compte de cet e-mail ; sans le mot de passe, le lien est sans effet.


## Email: changed

email-changed-subject = Votre adresse e-mail sur { $site } a été changée
email-changed-lead = L’adresse e-mail de votre compte est maintenant { $address }. C’est là que nous vous écrirons.
email-changed-undo = Ce n’était pas vous ? Annulez le changement ici. Votre compte retrouvera l’adresse où vous lisez cet e-mail, tous les appareils seront déconnectés, et vous choisirez un nouveau mot de passe :
email-changed-button = Rétablir l’adresse
email-changed-life = Veuillez utiliser le lien { duration-within } suivant le changement. Il ne fonctionne qu’une fois.


## Email: moved

email-moved-subject = Votre compte sur { $site } a une autre adresse e-mail
email-moved-lead = Votre compte { $address } a maintenant une autre adresse e-mail. Elle a été changée à l’aide d’un lien fourni par les responsables de ce site.
email-moved-not-you = { $contact ->
    [none] Si vous ne l’avez pas demandé, prévenez les responsables de ce site.
   *[other] Si vous ne l’avez pas demandé, prévenez { $contact }.
}


## Email: password

email-password-subject = Votre mot de passe sur { $site } a été changé
email-password-lead = { $actor ->
    [command_line] Le mot de passe de votre compte { $address } a été changé. Tous les appareils ont été déconnectés.
   *[owner] Le mot de passe de votre compte { $address } a été changé. Tous les autres appareils ont été déconnectés.
}
email-password-not-you = Ce n’était pas vous ? Choisissez tout de suite un nouveau mot de passe :


## Email: name

email-name-subject = Votre nom sur { $site } a été changé
email-name-lead = Le nom de votre compte { $address } a été changé.
email-name-not-you = Ce n’était pas vous ? Quelqu’un d’autre a peut-être accès à votre compte. Choisissez un nouveau mot de passe ; tous les appareils seront alors déconnectés :


## Email: device

email-device-subject = Nouvelle connexion sur { $site }
email-device-lead = Quelqu’un s’est connecté à votre compte { $address } depuis un navigateur que nous ne connaissions pas, ou qui n’avait pas servi depuis le dernier changement de mot de passe.
email-device-not-you = Ce n’était pas vous ? Ce lien permet de déconnecter tous les appareils et de choisir un nouveau mot de passe :
email-device-button = Tout déconnecter


## Email: guesses

email-guesses-subject = Échecs de connexion sur { $site }
email-guesses-lead = Plusieurs mots de passe incorrects ont été saisis à la suite pour votre compte { $address }. À chaque nouvel essai, il faut attendre plus longtemps.
email-guesses-forgot = Si c’était vous et que vous ne connaissez pas votre mot de passe, choisissez-en un nouveau ici :
email-guesses-not-you = Ce n’était pas vous ? Si votre mot de passe est difficile à deviner et que vous ne l’utilisez nulle part ailleurs, vous n’avez rien à faire.


## Email: several

email-several-subject = Plusieurs événements concernant votre compte sur { $site }
email-several-lead = Voici ce qui s’est passé sur votre compte { $address }. Comme il y a eu beaucoup d’événements, nous les avons réunis dans un seul e-mail.
email-several-device = Quelqu’un s’est connecté depuis un navigateur que nous ne connaissions pas, ou qui n’avait pas servi depuis le dernier changement de mot de passe.
email-several-password = { $actor ->
    [command_line] Le mot de passe a été changé, et tous les appareils ont été déconnectés.
   *[owner] Le mot de passe a été changé, et tous les autres appareils ont été déconnectés.
}
email-several-name = Le nom a été changé.
email-several-guesses = Plusieurs mots de passe incorrects ont été saisis à la suite.
email-several-unknown = Un autre événement s’est produit.
email-several-when = { $times ->
    [one] Quand : le { $date } à { $time }
   *[other] Quand : { $times } fois, la dernière le { $date } à { $time }
}
email-several-elsewhere = Où : d’autres navigateurs ou adresses IP
email-several-not-you = Vous ne reconnaissez pas tout ? Ce lien permet de déconnecter tous les appareils et de choisir un nouveau mot de passe :
email-several-moved = Votre compte a maintenant une autre adresse e-mail. Si ce n’est pas vous qui l’avez changée, annulez le changement avec le lien de l’e-mail que nous vous avons envoyé à ce sujet.


## Email: close

email-close-subject = Supprimer votre compte sur { $site }
email-close-lead = Quelqu’un (nous espérons que c’est vous) veut supprimer votre compte { $address }, avec le nom, l’adresse, la liste des appareils et l’activité. Pour le supprimer, ouvrez ce lien et appuyez sur le bouton de la page :
email-close-button = Supprimer le compte
email-close-until = D’ici là, rien ne sera supprimé. Ensuite, la suppression sera définitive.
email-close-not-you = Ce n’était pas vous ? N’utilisez pas le lien. La personne qui a fait cette demande connaît votre mot de passe. Choisissez-en donc un nouveau :
email-close-not-you-moved = Ce n’était pas vous ? N’utilisez pas le lien. Votre compte a maintenant une autre adresse e-mail : annulez ce changement avec le lien de l’e-mail que nous vous avons envoyé à ce sujet, et choisissez un nouveau mot de passe.


## Email: invitation

email-invitation-subject = Invitation à rejoindre { $site }
email-invitation-lead = Les responsables du site { $site } vous invitent à le rejoindre. Pour accepter, ouvrez ce lien :
email-invitation-button = Accepter l’invitation
email-invitation-account = Si vous y avez déjà un compte, connectez-vous d’abord. Ouvrez ensuite le lien.
email-invitation-not-you = Si vous n’attendiez pas cet e-mail, n’en tenez pas compte. Rien ne se passe tant que vous n’utilisez pas le lien.


## Emails: administration

email-account-made-subject = Un compte pour vous sur { $site }
email-account-made-lead = Les responsables du site { $site } ont créé un compte pour vous : { $address }. Pour choisir votre mot de passe, ouvrez ce lien :
email-account-made-button = Choisir un mot de passe
email-account-made-later = Si le lien ne fonctionne plus, demandez-en un autre ici : { $url }
email-account-made-not-you = Si vous ne connaissez pas ce site, ignorez cet e-mail : sans le lien, personne ne peut utiliser le compte.
email-link-made-subject = Un lien a été créé pour votre compte sur { $site }
email-link-made-lead = Un administrateur a créé un lien qui permet de changer le mot de passe ou l’adresse de votre compte { $address }. Il vous le remettra.
email-link-made-not-you = { $contact ->
    [none] Si vous ne l’avez pas demandé, prévenez les responsables de ce site.
   *[other] Si vous ne l’avez pas demandé, prévenez { $contact }.
}
email-several-link-made = Un administrateur a créé un lien qui permet de changer le mot de passe ou l’adresse.
email-deleted-subject = Votre compte sur { $site } a été supprimé
email-deleted-lead = Un administrateur a supprimé votre compte { $address }, avec tout ce qui en faisait partie.
email-deleted-not-you = { $contact ->
    [none] Si vous ne vous y attendiez pas, interrogez les responsables de ce site.
   *[other] Si vous ne vous y attendiez pas, interrogez { $contact }.
}


## Email: test

email-test-subject = Un e-mail de test envoyé par { $site }
email-test-lead = Ceci est un test. Les e-mails envoyés par { $site } ({ $url }) vous parviennent.


## Second factors

settings-security = Sécurité
security-two-factor = Authentification à deux facteurs
security-on = Activée
security-off = Désactivée
security-since = Activée depuis le { $date }.
security-off-hint = Quand elle est activée, votre mot de passe ne suffit plus pour se connecter : il faut aussi une application ou une clé d’accès sur l’un de vos appareils.
security-factor-first = Configurez d’abord une application d’authentification ou ajoutez une clé d’accès.
security-required = Ce site exige l’authentification à deux facteurs.
security-asks-passkey = Ce site demande donc votre clé d’accès après votre mot de passe.
security-turn-on = Activer
security-turn-off = Désactiver
security-app = Application d’authentification
security-app-added = Ajoutée le { $date }.
security-app-used = Dernière utilisation : { $when }
security-app-stopped = Elle a été bloquée après trop de codes incorrects. Configurez-la à nouveau.
security-app-unreadable = Ce site ne peut plus vérifier ses codes. Configurez-la à nouveau.
security-app-again-hint = Vous avez un nouveau téléphone ? Configurez-la à nouveau. L’ancienne application reste valable jusque-là.
security-app-none = Une application sur votre téléphone affiche un code à saisir à chaque connexion.
security-app-new = Configurer une application
security-app-again = Configurer à nouveau
security-app-remove = Retirer
security-last-factor = C’est votre seul second facteur. Si vous le supprimez, l’authentification à deux facteurs est désactivée et votre mot de passe seul suffit.
security-codes-left = { $count ->
    [one] Il reste { $count } code de récupération sur { $most }.
   *[other] Il reste { $count } codes de récupération sur { $most }.
}
security-codes-none = Vous n’avez pas de codes de récupération.
security-codes-few = Veuillez créer de nouveaux codes.
security-codes-hint = Un code de récupération permet de se connecter si vous perdez votre application ou votre clé d’accès.
security-back = Retour à la sécurité
app-setup-title = Configurer une application d’authentification
app-setup-lead = Scannez cette image avec une application d’authentification sur votre téléphone.
app-setup-qr = Code QR pour l’application
app-setup-secret = Ou saisissez cette clé dans l’application :
app-setup-open = Ouvrir dans une application sur cet appareil
app-setup-code = Code affiché par l’application
app-setup-clock = L’application affiche un nouveau code toutes les 30 secondes. À l’horloge de ce site, il est { $time }.
app-setup-button = Continuer
app-setup-no-code = Saisissez les six chiffres que l’application affiche.
app-setup-wrong = Ce code n’est pas correct. Saisissez le dernier code que l’application affiche.
app-setup-clock-fast = Ce code n’est pas encore valable : l’horloge de votre appareil avance ({ duration } environ). Mettez-la à l’heure, puis saisissez le dernier code affiché.
app-setup-clock-slow = Ce code n’est plus valable : l’horloge de votre appareil retarde ({ duration } environ). Mettez-la à l’heure, puis saisissez le dernier code affiché.
codes-title = Codes de récupération
codes-new = Créer de nouveaux codes
codes-lead = Imprimez ces codes, notez-les ou enregistrez-les. Gardez-les là où vous les trouverez même sans votre téléphone.
codes-once = Chaque code est valable une fois, à la place de votre application ou de votre clé d’accès.
codes-download = Télécharger dans un fichier
codes-replace = Dès que vous aurez de nouveaux codes, les anciens ne seront plus valables.
codes-turn-on = L’authentification à deux facteurs sera alors activée, et vos autres appareils seront déconnectés.
codes-keep = Ces codes sont en lieu sûr
codes-others = Ce ne sont pas les codes que vous avez vus avant. Veuillez garder ceux-ci.
codes-file-heading = Codes de récupération pour { $address } sur { $site }, créés le { $date }
form-two-factor-required = Ce site exige l’authentification à deux facteurs. Elle ne peut pas être désactivée.
limit-change-factors = Vous avez changé souvent vos seconds facteurs au cours de la dernière heure. Attendez { duration }, puis réessayez.
limit-keep-codes = Vous avez créé beaucoup de codes de récupération au cours de la dernière heure. Attendez { duration }, puis réessayez.
notice-two-factor-on = L’authentification à deux facteurs est activée. Vos autres appareils ont été déconnectés.
notice-two-factor-off = L’authentification à deux facteurs est désactivée.
notice-add-factor-first = Configurez d’abord une application d’authentification ou ajoutez une clé d’accès. Vous pourrez ensuite activer l’authentification à deux facteurs.
notice-set-up-too-late = Cela a pris trop de temps : rien n’a été changé. Veuillez recommencer.
notice-app-added = Votre application d’authentification est configurée.
notice-app-replaced = Votre nouvelle application d’authentification est configurée. L’ancienne n’est plus valable.
notice-app-removed = Votre application d’authentification a été retirée.
notice-codes-kept = Vous avez de nouveaux codes de récupération. Eux seuls sont valables maintenant.
notice-last-factor-removed = Vous avez retiré votre dernier second facteur : l’authentification à deux facteurs est désactivée.
notice-factor-required = Ce site exige un second facteur. Ajoutez-en d’abord un autre.
passkeys-title = Clés d’accès
passkeys-lead = Avec une clé d’accès, vous vous connectez par votre empreinte, votre visage ou le verrouillage de votre écran, sans mot de passe. Ce site ne voit jamais votre empreinte ni votre visage.
passkeys-rest = Votre mot de passe a été réinitialisé, donc certaines clés d’accès sont en repos : jusqu’à ce que vous appuyiez sur « Réutiliser », elles ne servent qu’avec votre mot de passe. Retirez celles que vous ne connaissez pas.
passkeys-rests = En repos
passkeys-after-password = Seulement avec votre mot de passe
passkeys-elsewhere = Elle a été créée pour { $domain } et ne peut pas servir ici.
passkeys-added = Ajoutée le { $date }.
passkeys-used = Dernière utilisation : { $when }
passkeys-rename = Renommer
passkeys-name = Nom de cette clé d’accès
passkeys-save = Enregistrer le nom
passkeys-wake = Réutiliser
passkeys-remove = Retirer
passkeys-not-here = Les clés d’accès ne fonctionnent pas à l’adresse de ce site.
passkeys-add = Ajouter une clé d’accès
passkeys-plain = Votre clé de sécurité ne fonctionne pas ?
passkeys-plain-hint = Une clé de sécurité sans code PIN ne sert qu’avec votre mot de passe.
passkeys-plain-add = Ajouter une clé de sécurité
passkeys-no-script = Les clés d’accès ont besoin de JavaScript.
passkeys-default-name = Clé d’accès ({ browser })
passkeys-name-empty = Saisissez un nom pour cette clé d’accès.
notice-passkey-added = Votre clé d’accès a été ajoutée.
notice-passkey-saved = Une clé d’accès a été enregistrée dans votre gestionnaire de mots de passe.
notice-passkey-not-added = Votre clé d’accès n’a pas pu être ajoutée. Veuillez réessayer.
notice-too-many-passkeys = Vous avez autant de clés d’accès qu’un compte peut en avoir. Retirez-en une avant d’en ajouter une autre.
notice-passkey-renamed = Votre clé d’accès a un nouveau nom.
notice-passkey-removed = Votre clé d’accès a été retirée.
notice-passkey-woken = Votre clé d’accès vous connecte de nouveau sans votre mot de passe.
# second.html: title and heading
second-title = Encore une étape
# second.html; $address: the address of the account
second-lead = Confirmez qu’il s’agit bien de vous : vous vous connectez au compte { $address }.
# second.html: button
second-passkey-button = Utiliser une clé d’accès
# second.html, without JavaScript and with a passkey
second-passkey-script = Votre clé d’accès a besoin de JavaScript. Vous pouvez utiliser un code de récupération.
# second.html: field
second-code = Code de votre application d’authentification
# second.html, recovery.html: button
second-button = Continuer
# second.html: link to recovery.html
second-recovery = Utiliser un code de récupération
# second.html: button; gives this login up
second-cancel = Ce n’est pas vous ? Recommencer
# features/login/second_page.rs: field is empty
second-code-empty = Saisissez le code de votre application.
# features/login/second_page.rs: code is wrong
second-code-wrong = Ce code n’est pas correct. Saisissez le code le plus récent que votre application affiche pour { $site }.
# features/login/second_page.rs: code is right, and was used before
second-code-used = Ce code a déjà été utilisé. Attendez le suivant.
# features/login/second_page.rs: the app was stopped after very many wrong codes
second-app-stopped = Votre application d’authentification a été arrêtée après trop de codes incorrects. Utilisez une clé d’accès ou un code de récupération.
second-app-unreadable = Ce site ne peut plus vérifier les codes de votre application d’authentification. Utilisez une clé d’accès ou un code de récupération, puis configurez de nouveau l’application.
notice-app-stopped = Votre application d’authentification a été arrêtée après trop de codes incorrects. Reconnectez-vous avec une clé d’accès ou un code de récupération.
# features/login/second_page.rs, recovery_page.rs: the form was shown for another login than the one that waits now
second-other-login = Vous avez commencé une autre connexion dans ce navigateur. Cette page concerne maintenant celle-ci.
# recovery.html: title and heading
recovery-title = Code de récupération
# recovery.html; $address: the address of the account
recovery-lead = Saisissez un des codes de récupération du compte { $address }. Chacun fonctionne une fois.
# recovery.html: field
recovery-code = Code de récupération
# recovery.html: below the field
recovery-hint = Seize lettres et chiffres. Les tirets et les espaces ne comptent pas.
# recovery.html: link to second.html
recovery-back = Retour
# features/login/recovery_page.rs: field is empty
recovery-code-empty = Saisissez un de vos codes de récupération.
# features/login/recovery_page.rs: code is wrong
recovery-code-wrong = Ce n’est pas un de vos codes de récupération, ou il a déjà été utilisé.
# the login page, after a login that was not finished in ten minutes
notice-log-in-too-late = Cette étape est terminée. Veuillez vous reconnecter.
# after a login with a recovery code; a link follows
notice-recovery-code-used = Vous avez utilisé un code de récupération.
# the link after notice-recovery-code-used, to the page Security
notice-recovery-code-used-link = Voir combien il en reste
# the page of the recovery codes, after a login with one of the last
notice-few-codes-left = Vous avez utilisé un code de récupération, et il en reste peu. Veuillez en créer de nouveaux.
notice-operator-code-used = Vous avez utilisé un code remis par les responsables de ce site. Veuillez configurer de nouveau votre application ou une clé d’accès.
# web/notice.rs: a page was asked for in a session without a second factor
notice-second-factor-required = Ce site exige un second facteur. Ajoutez-en un pour continuer, ou reconnectez-vous avec votre clé d’accès.
passkey-failed = Cette clé d’accès n’a pas fonctionné ici. Essayez autrement.
passkey-known = Cet appareil a déjà une clé d’accès pour ce compte.
passkey-elsewhere = Les clés d’accès fonctionnent à l’adresse { $address }.
email-factor-added-subject = Nouveau moyen de connexion à votre compte sur { $site }
email-factor-added-lead = Une application d’authentification ou une clé d’accès a été ajoutée à votre compte { $address }.
email-several-factor-added = Une application d’authentification ou une clé d’accès a été ajoutée.
email-factor-removed-subject = Un second facteur de votre compte sur { $site } a été supprimé
email-factor-removed-lead = Une application d’authentification, une clé d’accès ou les codes de récupération de votre compte { $address } ont été supprimés.
email-several-factor-removed = Une application d’authentification, une clé d’accès ou les codes de récupération ont été supprimés.
email-two-factor-on-subject = L’authentification à deux facteurs sur { $site } est activée
email-two-factor-on-lead = L’authentification à deux facteurs de votre compte { $address } a été activée. Désormais, la connexion demande une seconde étape après le mot de passe.
email-several-two-factor-on = L’authentification à deux facteurs a été activée.
email-two-factor-off-subject = L’authentification à deux facteurs sur { $site } est désactivée
email-two-factor-off-lead = L’authentification à deux facteurs de votre compte { $address } a été désactivée. Désormais, le mot de passe suffit pour se connecter.
email-several-two-factor-off = L’authentification à deux facteurs a été désactivée.
email-codes-kept-subject = Nouveaux codes de récupération pour { $site }
email-codes-kept-lead = Votre compte { $address } a de nouveaux codes de récupération. Les précédents ne fonctionnent plus.
email-several-codes-kept = De nouveaux codes de récupération ont été créés ; les précédents ne fonctionnent plus.
email-code-used-subject = Un code de récupération a été utilisé sur { $site }
email-code-used-lead = Quelqu’un a utilisé un code de récupération de votre compte { $address }. Chaque code ne fonctionne qu’une fois.
email-several-code-used = Un code de récupération a été utilisé.
email-app-stopped-subject = Votre application d’authentification ne fonctionne plus sur { $site }
email-app-stopped-lead = De très nombreux codes incorrects ont été saisis pour votre compte { $address } : les codes de votre application d’authentification ne fonctionnent donc plus. Connectez-vous avec un code de récupération ou une clé d’accès, puis configurez à nouveau l’application. La personne qui a saisi ces codes connaît votre mot de passe.
email-several-app-stopped = De très nombreux codes incorrects ont été saisis : l’application d’authentification ne fonctionne donc plus.
email-passkey-copied-subject = Une clé d’accès de votre compte sur { $site } a peut-être été copiée
email-passkey-copied-lead = Une clé d’accès de votre compte { $address } a été utilisée, et il en existe peut-être plusieurs exemplaires. C’est normal si elle vient d’être sauvegardée. Sinon, supprimez-la.
email-several-passkey-copied = Une clé d’accès qui a peut-être été copiée a été utilisée.
email-unfinished-subject = Quelqu’un a saisi votre mot de passe sur { $site }
email-unfinished-lead = Quelqu’un a saisi le bon mot de passe de votre compte { $address } dans un navigateur que nous ne connaissons pas, sans franchir la seconde étape. Cette personne connaît votre mot de passe.
email-several-unfinished = Quelqu’un a saisi le bon mot de passe dans un navigateur inconnu, sans franchir la seconde étape.
# reauthenticate.html, with two-factor authentication: title and heading
reauthenticate-title-factor = Confirmez qu’il s’agit bien de vous
# reauthenticate.html, the same; $address: the address of the account
reauthenticate-lead-factor = Vous utilisez le compte { $address }.
# reauthenticate.html: field
reauthenticate-code = Code de votre application d’authentification, ou un code de récupération
# features/login/reauthenticate_page.rs: the form was shown before
reauthenticate-switched = L’authentification à deux facteurs a été activée ou désactivée entre-temps. Cette page demande maintenant autre chose.
login-passkey = Se connecter avec une clé d’accès
notice-passkey-unknown = Cette clé d’accès n’est pas connue ici. Elle a peut-être été retirée.
notice-passkey-refused = Cette clé d’accès n’a pas pu être utilisée. Réessayez ou connectez-vous autrement.
notice-passkey-rests = Depuis que votre mot de passe a été réinitialisé, cette clé d’accès ne suffit plus. Connectez-vous avec votre mot de passe, puis choisissez « Réutiliser » sous « Paramètres », « Sécurité ».
secure-undoes = Ces changements seront aussi annulés :
secure-app = { $act ->
    [added] Une application d’authentification a été ajoutée.
    [removed] L’application d’authentification a été retirée.
   *[other] L’application d’authentification a été remplacée par une autre.
}
secure-passkey = { $act ->
    [added] La clé d’accès { $passkey } a été ajoutée.
   *[other] La clé d’accès { $passkey } a été retirée.
}
secure-codes = { $act ->
    [added] Des codes de récupération ont été créés.
    [removed] Les codes de récupération ont été retirés.
   *[other] Les codes de récupération ont été remplacés par de nouveaux.
}
secure-two-factor = { $act ->
    [added] L’authentification à deux facteurs a été activée.
   *[other] L’authentification à deux facteurs a été désactivée.
}


## Administration

nav-admin = Administration
admin-title = Administration
admin-nav-accounts = Comptes
admin-nav-invitations = Invitations
admin-nav-groups = Groupes
admin-nav-apps = Applications
admin-nav-emails = E-mails
admin-nav-activity = Activité
admin-nav-system = Système
admin-accounts-title = Comptes
admin-search = Recherche
admin-search-hint = Une adresse e-mail complète, un identifiant, ou une partie d’une adresse ou d’un nom. La recherche porte sur tous les comptes.
admin-search-button = Rechercher
admin-search-busy = Une autre recherche est encore en cours. Veuillez réessayer dans un instant.
admin-search-too-long = Cela prend trop de temps. Saisissez l’adresse complète, ou continuez dans les comptes plus anciens.
admin-search-on = Continuer la recherche
admin-show = Filtre
admin-show-all = Tous les comptes
admin-show-unconfirmed = Adresse non confirmée
admin-show-disabled = Désactivés
admin-show-unused = Jamais connectés
admin-show-groups = Dans un groupe
admin-show-button = Afficher
admin-accounts-count = { $count ->
    [one] { $number } compte
   *[other] { $number } comptes
}
admin-accounts-many = Plus de { $number } comptes
admin-accounts-order = les plus récents d’abord
admin-count-all = Les compter tous
admin-accounts-none = Il n’y a aucun compte de ce genre.
admin-newer = Plus récents
admin-oldest = Les plus anciens
admin-open = Ouvrir
admin-mark-disabled = Désactivé
admin-mark-unconfirmed = Non confirmé
admin-groups = Groupes : { $groups }
admin-made = Créé le { $date }
admin-logged-in = Dernière connexion : { $when }
admin-never-logged-in = Jamais connecté
admin-account-title = Compte : { $name }
admin-own-account = C’est votre propre compte. Modifiez-le dans les paramètres.
admin-login = Cette personne peut-elle se connecter ?
admin-login-password = Oui, avec le bon mot de passe.
admin-login-network = Sauf si son réseau doit attendre après des mots de passe incorrects d’autres personnes :
admin-login-factor = Oui, avec le bon mot de passe et une seconde étape.
admin-login-passkey = Oui, avec une clé d’accès.
admin-login-waits = Avec le mot de passe, il faut attendre.
admin-clock = L’horloge de ce site indique { $when }. Les codes d’une application d’authentification ne sont corrects que si le téléphone indique la même heure.
admin-why-disabled = Le compte est désactivé depuis le { $date } à { $time }.
admin-why-unconfirmed = L’adresse e-mail n’est pas confirmée.
admin-why-no-password = Il n’y a pas de mot de passe.
admin-why-unused = Le lien n’a pas encore été utilisé.
admin-why-paused = Après des mots de passe incorrects, les nouveaux navigateurs doivent attendre jusqu’au { $date } à { $time }.
admin-why-codes-paused = Après des codes incorrects, les nouveaux navigateurs doivent attendre jusqu’au { $date } à { $time }.
admin-why-no-factor = Aucun second facteur ne fonctionne, et il n’y a pas de code de récupération.
admin-why-network = Trop de mots de passe incorrects sont venus du réseau de { $ip } : de là, tout le monde doit attendre jusqu’au { $date } à { $time }.
admin-facts = À propos de ce compte
admin-confirmed = Adresse e-mail confirmée le { $date }
admin-not-confirmed = Adresse e-mail non confirmée
admin-disabled = Désactivé depuis le { $date }
admin-language = Langue : { $language }
admin-pending = { $by ->
    [administrator] Un lien qui change l’adresse en { $address } a été créé par l’administration.
    [command_line] Un lien qui change l’adresse en { $address } a été créé en ligne de commande.
   *[owner] Un changement d’adresse vers { $address } a été demandé.
}
admin-id = Identifiant de ce compte :
admin-handle = Nom d’utilisateur dans les applications :
admin-handle-change = Changer le nom d’utilisateur dans les applications
admin-handle-hint = Les applications connaissent cette personne sous ce nom et y rattachent ses données. Un nom déjà porté ne passe jamais à un autre compte. Pour n’en donner aucun, laissez le champ vide.
admin-handle-field = Nom d’utilisateur
admin-handle-example = ada
admin-handle-button = Enregistrer le nom d’utilisateur
admin-handle-taken = Un autre compte a ce nom d’utilisateur.
admin-handle-used = Un autre compte a eu ce nom d’utilisateur. Des applications y rattachent peut-être encore des données : personne d’autre ne peut l’avoir.
admin-memberships = { $count ->
    [0] Dans aucun groupe
    [one] Dans { $count } groupe
   *[other] Dans { $count } groupes
}
admin-memberships-show = Afficher ces groupes
admin-membership-join = Ajouter à un groupe
admin-membership-choice = Choisir un groupe
admin-membership-button = Ajouter au groupe
admin-membership-none = Choisissez d’abord un groupe.
admin-membership-unconfirmed = L’adresse n’est pas confirmée : n’importe qui a pu s’inscrire avec elle. Si vous savez que c’était la bonne personne, confirmez-la d’abord. Vous pourrez ensuite ajouter le compte à un groupe.
admin-factor-app = Application d’authentification, ajoutée le { $date }
admin-factor-app-used = Utilisée pour la dernière fois le { $date }
admin-factor-app-stopped = L’application a été bloquée après trop de codes incorrects. Il faut la configurer à nouveau.
admin-factor-app-unreadable = Ce site ne peut plus vérifier les codes de l’application. Il faut la configurer à nouveau.
admin-factor-passkeys = { $count ->
    [one] { $count } clé d’accès
   *[other] { $count } clés d’accès
}
admin-factor-codes = { $count ->
    [one] { $count } code de récupération restant
   *[other] { $count } codes de récupération restants
}
admin-factors-remove = Retirer tous les seconds facteurs
admin-factors-hint = Si vous les retirez, l’application, toutes les clés d’accès et les codes de récupération disparaissent, et tous les appareils sont déconnectés. Assurez-vous de parler à la bonne personne.
admin-devices = { $count ->
    [0] Connecté nulle part
    [one] Connecté sur { $count } appareil
   *[other] Connecté sur { $count } appareils
}
admin-logout = Déconnecter partout
admin-emails = E-mails en attente
admin-acts = Ce que vous pouvez faire
admin-link = Créer un lien de réinitialisation
admin-link-hint = Un lien pour choisir un nouveau mot de passe. Vous le voyez une fois et le remettez vous-même.
admin-told = La personne en est informée par e-mail.
admin-confirms-too = Cela confirme aussi { $address } : qui lit les e-mails de cette adresse peut alors prendre le compte, avec ses groupes.
admin-mistyped = { $password ->
    [no] Si elle est mal écrite, supprimez le compte et recréez-le.
   *[yes] Si elle est mal écrite, changez plutôt l’adresse.
}
admin-link-lead = { $name } est la seule personne qui devrait voir ceci. Ce n’est affiché qu’une fois.
admin-link-qr = Le même lien sous forme de code QR
admin-link-ends = Il fonctionne une fois, jusqu’au { $when }.
admin-confirm = Confirmer l’adresse
admin-confirm-hint = Seulement si vous savez que cette personne s’est inscrite : n’importe qui peut avoir saisi son adresse.
admin-unlock = Lever l’attente
admin-unlock-hint = Si vous levez l’attente, les mots de passe et codes incorrects pour ce compte ne comptent plus.
admin-disable = Désactiver le compte
admin-disable-hint = Plus personne ne peut s’y connecter, et tous les appareils sont déconnectés immédiatement. Vous pouvez le réactiver.
admin-enable = Réactiver le compte
admin-enable-hint = Son titulaire peut se reconnecter.
admin-address = Changer l’adresse e-mail
admin-address-hint = Cela crée un lien que vous remettez. L’adresse ne change que lorsqu’il est ouvert et que le mot de passe est saisi.
admin-address-button = Créer le lien
admin-account-same-email = C’est déjà l’adresse de ce compte.
admin-account-needs-password = Il n’y a pas de mot de passe, et le lien le demanderait. Créez d’abord un lien de réinitialisation.
admin-delete = Supprimer le compte
admin-delete-hint = Le compte et tout ce qui en fait partie seront supprimés. C’est irréversible. Pour être sûr que c’est le bon, saisissez son adresse : { $address }
admin-delete-button = Supprimer ce compte
admin-activity-lead = Avec les mots que lit le titulaire du compte.
admin-activity-change = Avant : { $before } ; après : { $after }
admin-back = Retour aux comptes
admin-new-title = Nouveau compte
admin-new-lead = Le compte n’a pas encore de mot de passe. La page suivante affiche un lien pour en choisir un, que vous remettez.
admin-new-lead-mail = Le compte n’a pas encore de mot de passe. Nous envoyons un lien pour en choisir un, et la page suivante vous en affiche un aussi.
admin-new-groups = Groupes (facultatif)
admin-new-groups-hint = Noms ou titres de groupes, séparés par des virgules. Il y a : { $groups }
admin-new-groups-none = Noms ou titres de groupes, séparés par des virgules.
admin-new-no-group = Il n’y a pas de groupe { $group }.
admin-new-several-groups = Plusieurs groupes s’appellent { $title }. Saisissez le nom de celui que vous voulez.
admin-new-taken = Cette adresse appartient à un autre compte.
admin-new-button = Créer le compte


## Administration: invitations, groups, emails, activity, system

admin-paging-first = Premiers
admin-paging-back = Précédents
admin-paging-on = Suivants
admin-invitations-title = Invitations
admin-invitations-lead = Ceux qui ont le lien d’une invitation peuvent créer un compte, ou rejoindre des groupes avec le leur.
admin-invitations-open = { $count ->
    [one] { $count } invitation ouverte
   *[other] { $count } invitations ouvertes
}
admin-invitations-none = Il n’y a pas d’invitation.
admin-invitations-too-many = { $count } invitations sont ouvertes, c’est le maximum. Annulez-en d’abord quelques-unes.
admin-new-invitation-title = Nouvelle invitation
admin-new-invitation-lead = La page suivante affiche le lien et son code QR, une seule fois.
admin-new-invitation-button = Créer l’invitation
admin-invitation-title = Invitation
admin-invitation-for = Pour { $address } uniquement
admin-invitation-for-anyone = Pour toute personne qui a le lien
admin-invitation-left = { $count ->
    [one] Encore { $count } utilisation
   *[other] Encore { $count } utilisations
}
admin-invitation-ends = Jusqu’au { $when }
admin-invitation-used-up = Épuisée
admin-invitation-unbacked = Ne fonctionne plus : l’administrateur qui l’a créée a perdu ses droits.
admin-invitation-over = Terminée : { $when }
admin-invitation-made = Créée : { $when }
admin-invitation-used = { $count ->
    [0] Pas encore utilisée
    [one] Utilisée par { $count } compte
   *[other] Utilisée par { $count } comptes
}
admin-invitation-link-lead = Ne donnez ce lien qu’aux personnes que vous invitez. Il n’est affiché qu’une fois.
admin-invitation-revoke = Annuler l’invitation
admin-invitation-revoke-hint = Si vous l’annulez, son lien cesse aussitôt de fonctionner. Les comptes qui l’ont utilisée restent.
admin-invitation-renew = Nouveau lien
admin-invitation-renew-hint = Elle reçoit un nouveau lien et une nouvelle fin. L’ancien lien cesse de fonctionner. Tout le reste ne change pas.
admin-invitation-renew-button = Créer un nouveau lien
admin-invitation-note = Note (facultatif)
admin-invitation-note-hint = À quoi elle sert. Seuls les administrateurs la lisent, jamais les invités.
admin-invitation-note-wrong = Utilisez au plus 200 caractères, sur une seule ligne.
admin-invitation-email = Adresse e-mail (facultatif)
admin-invitation-email-hint = Si vous en indiquez une, elle seule peut l’utiliser, et elle est considérée comme confirmée.
admin-invitation-mail = Envoyer aussi le lien à cette adresse
admin-invitation-handle = Nom d’utilisateur dans les applications (facultatif)
admin-invitation-handle-hint = Les applications connaissent sous ce nom la personne qui utilise l’invitation. Qui en a déjà un garde le sien.
admin-invitation-handle-once = Un nom d’utilisateur appartient à un seul compte. Indiquez 1, ou laissez le nom d’utilisateur vide.
admin-invitation-handle-promised = Une autre invitation apporte ce nom d’utilisateur. Choisissez-en un autre, ou annulez cette invitation.
admin-invitation-handle-gone = Le nom d’utilisateur { $handle } n’est plus libre. Créez une autre invitation.
admin-invitation-mail-where = Saisissez l’adresse à laquelle envoyer le lien, ou décochez la case ci-dessous.
admin-invitation-uses = Combien de comptes peuvent l’utiliser
admin-invitation-uses-hint = De 1 à 10000
admin-invitation-uses-wrong = Indiquez un nombre de 1 à 10000.
admin-invitation-uses-once = Une invitation pour une adresse ne peut servir qu’une fois. Indiquez 1, ou laissez l’adresse vide.
admin-invitation-lasts = Combien de temps elle dure
admin-invitation-back = Retour aux invitations
group-admins = Administration
admin-groups-title = Groupes
admin-groups-lead = Des pages et des applications peuvent être réservées aux membres d’un groupe.
admin-new-group = Nouveau groupe
admin-new-group-button = Créer le groupe
admin-group-name = Nom du groupe
admin-group-name-example = chorale
admin-group-name-hint = Minuscules, chiffres, points, tirets bas et traits d’union. Ce nom ne peut plus être changé ensuite.
admin-group-name-wrong = Utilisez de 1 à 64 caractères : a-z, 0-9, points, tirets bas et traits d’union, en commençant par une lettre ou un chiffre.
admin-group-title-field = Comment on l’appelle (facultatif)
admin-group-title-hint = Affiché à la place du nom, par exemple « La chorale ».
admin-group-title-wrong = Utilisez au plus 100 caractères, sur une seule ligne.
admin-group-taken = Il y a déjà un groupe de ce nom.
admin-group-title = Groupe : { $title }
admin-group-of-admins = Les membres de ce groupe peuvent tout faire sur ces pages.
admin-group-join = Ajouter un compte
admin-group-join-hint = L’adresse e-mail d’un compte existant.
admin-group-join-button = Ajouter
admin-group-members = Membres
admin-group-apps = Applications qui demandent ce groupe
admin-group-leave = Retirer du groupe
admin-group-delete = Supprimer le groupe
admin-group-delete-hint = Tous ses membres le quittent, et leurs comptes restent. C’est irréversible. Pour être sûr que c’est le bon, indiquez son nom : { $name }
admin-group-apps-close = { $count ->
    [one] L’application { $apps } demande ce groupe : ceux qui n’entrent que par lui en sortent aussitôt.
   *[other] Les applications { $apps } demandent ce groupe : ceux qui n’entrent que par lui en sortent aussitôt.
}
admin-group-apps-nobody = { $count ->
    [one] Personne ne pourra plus ouvrir { $apps } : aucun autre groupe n’y est nommé.
   *[other] Personne ne pourra plus ouvrir { $apps } : aucun autre groupe n’y est nommé.
}
admin-group-delete-button = Supprimer ce groupe
admin-group-back = Retour aux groupes
admin-group-no-account = Aucun compte n’a cette adresse. Vous pouvez inviter cette personne.
admin-group-unconfirmed = Cette adresse n’est pas confirmée : n’importe qui a pu s’inscrire avec elle. Si vous savez que c’était la bonne personne, confirmez-la d’abord sur la page du compte.
admin-group-member = Ce compte est déjà dans le groupe.
admin-group-not-its-name = Ce n’est pas le nom de ce groupe.
admin-apps-title = Applications
admin-apps-lead = Des applications de toute sorte, placées derrière votre proxy. À chaque requête, il demande à ce site qui est là et si cette personne peut entrer.
admin-apps-none = Il n’y a pas encore d’application.
admin-new-app-title = Nouvelle application
admin-new-app-lead = Indiquez où se trouve l’application et qui peut l’ouvrir. La page suivante montre la commande qui affiche les lignes pour votre proxy.
admin-new-app-button = Ajouter l’application
admin-app-name = Nom de l’application
admin-app-name-example = wiki
admin-app-name-hint = Minuscules, chiffres, points, tirets bas et traits d’union. Les commandes et les fichiers l’appellent ainsi. Ce nom ne peut plus être changé ensuite.
admin-app-taken = Il y a déjà une application de ce nom.
admin-app-title-hint = Affiché à la place du nom, par exemple « Notre wiki ».
admin-app-title-wrong = Utilisez au plus 60 caractères, sur une seule ligne.
admin-app-at = Adresses de l’application (facultatif)
admin-app-at-hint = Une par ligne, par exemple https://wiki.example.org : sans chemin, et avec un port seulement si on le saisit. Sans adresse, personne ne peut encore l’ouvrir.
admin-app-at-wrong = { $origin } n’est pas une telle adresse. Écrivez-en une comme https://wiki.example.org, avec des lettres, des chiffres et des tirets entre les points et sans chemin.
admin-app-groups = Groupes qui peuvent l’ouvrir (facultatif)
admin-app-groups-hint = Noms ou titres de groupes, séparés par des virgules. Sans aucun, toute personne qui a un compte peut l’ouvrir. Il y a : { $groups }
admin-app-groups-none = Noms ou titres de groupes, séparés par des virgules. Sans aucun, toute personne qui a un compte peut l’ouvrir.
admin-app-paths = Parties qui ont leur propre règle (facultatif)
admin-app-paths-hint = Une par ligne : un chemin, puis les groupes qui peuvent l’ouvrir, lui et tout ce qui est en dessous, par exemple « /admin admins ». Pour tout le monde, sans connexion : « /public open ». Avec « preflight » à la fin, les navigateurs peuvent y faire des demandes depuis d’autres sites (CORS).
admin-app-path-wrong = { $path } ne peut pas servir de chemin ici. Commencez par une barre oblique, et utilisez a-z, A-Z, 0-9 et - . _ ~ @ entre les barres. Aucune partie ne se termine par un point, donc pas de .. non plus.
admin-app-path-for-whom = Indiquez qui peut ouvrir { $path } : des noms de groupes, ou « open » seul.
admin-app-path-twice = { $path } y est deux fois.
admin-app-user = Comment l’application connaît une personne
admin-app-user-handle = Nom d’utilisateur ou ID
admin-app-user-email = Adresse e-mail
admin-app-user-id = ID du compte
admin-app-user-hint = L’application le lit dans l’en-tête Remote-User et y rattache ce qui appartient à une personne. Le nom d’utilisateur est celui dans les applications ; sans lui, c’est l’ID. Une adresse e-mail peut changer, et devenir plus tard celle d’une autre personne.
admin-app-fresh = Demander une nouvelle connexion après (facultatif)
admin-app-fresh-hint = Une durée comme 15m ou 8h, de 1m à 30d. Sans durée, l’application reste ouverte tant que l’on est connecté ici.
admin-app-fresh-wrong = Indiquez une durée de 1m à 30d, par exemple 15m.
admin-app-too-many-groups = On peut nommer au plus { $count } groupes, pour l’application et pour chaque partie.
admin-app-too-many-addresses = Une application a au plus { $count } adresses.
admin-app-too-many-paths = Au plus { $count } parties peuvent avoir leur propre règle.
admin-app-host-twice = { $host } y est deux fois. Les navigateurs gardent une seule connexion par hôte, quel que soit le port.
admin-app-host-own = { $host } est ce site lui-même. Une application a besoin d’un hôte à elle.
admin-app-host-plain = { $host } a besoin de https, comme ce site. Sans cela, les connexions circuleraient sans protection.
admin-app-host-taken = { $host } appartient déjà à l’application { $app }. Chaque hôte appartient à une seule application.
admin-app-meanwhile = L’application a été modifiée entre-temps par { $name }. Regardez ce qui vaut maintenant, puis enregistrez de nouveau.
admin-app-meanwhile-operator = L’application a été modifiée entre-temps en ligne de commande. Regardez ce qui vaut maintenant, puis enregistrez de nouveau.
admin-app-meanwhile-someone = L’application a été modifiée entre-temps. Regardez ce qui vaut maintenant, puis enregistrez de nouveau.
admin-app-now = Il y a maintenant : { $now }
admin-app-now-empty = Il n’y a plus rien ici.
admin-app-title = Application : { $title }
admin-app-mark-disabled = Désactivée
admin-app-details = Détails
admin-app-disabled = Désactivée depuis le { $date }
admin-app-nowhere = Elle n’a pas encore d’adresse.
admin-app-who = Qui peut l’ouvrir
admin-app-for-accounts = Toute personne qui a un compte
admin-app-for-all = Tout le monde, sans connexion
admin-app-all-open = { $path } est ouvert à tous, même sans connexion : toute l’application l’est.
admin-app-rest-open = { $path } est ouvert à tous, même sans connexion : toute l’application, sauf les parties ci-dessous.
admin-app-part-open = { $path } et tout ce qui se trouve en dessous est ouvert à tous, même sans connexion.
admin-app-part = { $path } et tout ce qui se trouve en dessous est réservé aux membres de : { $groups }
admin-app-of-groups = Les membres de l’un de ces groupes : { $accounts }
admin-app-no-group = Ce groupe n’existe pas : personne n’en fait partie.
admin-app-accounts-show = Voir les comptes
admin-app-accounts-title = Comptes qui peuvent ouvrir { $title }
admin-app-proxy = Votre proxy
admin-app-proxy-hint = Cette commande, avec les options et variables du site, affiche les lignes pour nginx. Elle fait de même pour caddy, traefik, haproxy et envoy. L’adresse à la fin est celle où l’application elle-même écoute.
admin-app-proxy-check = Une fois qu’elles sont en place, celle-ci interroge l’application à travers le proxy et dit si quelque chose ne va pas.
admin-app-proxy-untrusted = trusted_proxies est vide : aucun proxy ne peut donc interroger ce site sur une application. Pour un proxy sur cette machine, réglez { $example }, puis redémarrez le site.
admin-app-proxy-nowhere = Indiquez plus bas une adresse de l’application. La commande qui affiche les lignes pour votre proxy apparaîtra alors ici.
admin-app-settings = Réglages de l’application
admin-app-settings-button = Enregistrer l’application
admin-app-disable = Désactiver l’application
admin-app-disable-hint = Plus personne ne peut l’ouvrir, dès la prochaine requête. Vous pouvez la réactiver.
admin-app-enable = Réactiver l’application
admin-app-enable-hint = Ceux qui peuvent l’ouvrir y entrent de nouveau.
admin-app-remove = Retirer l’application
admin-app-remove-hint = La page suivante dit ce que cela arrête, avant que rien ne soit retiré.
admin-app-back = Retour aux applications
admin-app-back-to-it = Retour à l’application
admin-app-remove-title = Retirer { $title } ?
admin-app-remove-lead = L’application elle-même continue de fonctionner, avec tout ce qu’elle a enregistré. Mais ce site ne la connaîtra plus.
admin-app-remove-accounts = Peuvent l’ouvrir actuellement : { $who }
admin-app-remove-browsers = { $count ->
    [0] Aucun navigateur n’y est connecté en ce moment.
    [one] { $count } navigateur y est connecté en ce moment, et en sort immédiatement.
   *[other] { $count } navigateurs y sont connectés en ce moment, et en sortent immédiatement.
}
admin-app-remove-many-browsers = Plus de { $count } navigateurs y sont connectés en ce moment, et en sortent immédiatement.
admin-app-remove-addresses = { $count ->
    [0] Elle n’a pas d’adresse.
    [one] Le proxy ne laisse plus personne accéder à son adresse, pas même à ses parties ouvertes.
   *[other] Le proxy ne laisse plus personne accéder à ses { $count } adresses, pas même à ses parties ouvertes.
}
admin-app-remove-instead = C’est irréversible. Pour fermer l’application un certain temps, désactivez-la.
admin-app-remove-button = Retirer cette application
admin-emails-title = E-mails
admin-emails-off = Ce site n’envoie pas d’e-mails.
admin-emails-turn-on = Pour activer les e-mails, réglez base_url, smtp_url et mail_from, puis redémarrez le site.
admin-emails-waiting = { $count ->
    [0] Aucun e-mail n’attend d’être envoyé.
    [one] { $count } e-mail attend d’être envoyé.
   *[other] { $count } e-mails attendent d’être envoyés.
}
admin-emails-given-up = { $count ->
    [one] { $count } e-mail a été abandonné. Il est affiché pendant une semaine.
   *[other] { $count } e-mails ont été abandonnés. Ils sont affichés pendant une semaine.
}
admin-emails-hint = Un e-mail envoyé quitte cette liste. Si vous en retirez un qui était destiné à un compte, son titulaire le voit dans son activité.
admin-emails-none = Il n’y a pas d’e-mail à afficher.
admin-email-queued = Écrit : { $when }
admin-email-kind = { $kind ->
    [confirm] Un lien qui confirme l’adresse
    [reset] Un lien pour choisir un nouveau mot de passe
    [account-made] Un nouveau compte, avec un lien pour choisir un mot de passe
    [taken] Une inscription avec une adresse qui a déjà un compte
    [change] Un lien qui change l’adresse d’un compte
    [changed] L’adresse du compte a été changée, avec un lien qui annule ce changement
    [moved] L’adresse du compte a été changée
    [password] Le mot de passe a été changé
    [name] Le nom a été changé
    [device] Une connexion depuis un nouveau navigateur
    [guesses] Plusieurs mots de passe incorrects
    [factor-added] Un second facteur a été ajouté
    [factor-removed] Un second facteur a été supprimé
    [two-factor-on] L’authentification à deux facteurs a été activée
    [two-factor-off] L’authentification à deux facteurs a été désactivée
    [codes-kept] De nouveaux codes de récupération
    [code-used] Un code de récupération a été utilisé
    [app-stopped] L’application d’authentification a été arrêtée
    [passkey-copied] Une clé d’accès a peut-être été copiée
    [unfinished] Une connexion inachevée
    [link-made] Un administrateur a créé un lien
    [several] Plusieurs choses arrivées au compte
    [close] Un lien qui supprime le compte
    [deleted] Le compte a été supprimé
    [invitation] Une invitation
   *[other] { $kind }
}
admin-email-attempts = { $count ->
    [one] { $count } essai
   *[other] { $count } essais
}
admin-email-next = Prochain essai : { $when }
admin-email-given-up = Abandonné
admin-email-retry = Réessayer maintenant
admin-email-drop = Retirer de la liste
admin-activity-title = Activité
admin-activity-about = Ce que les administrateurs ont fait, et ce qui a été fait en ligne de commande.
admin-activity-kept = { $count ->
    [one] C’est conservé { $count } jour.
   *[other] C’est conservé { $count } jours.
}
admin-activity-who = Fait par :
admin-activity-operator = Fait en ligne de commande
admin-did-signed-up = Un compte a été créé
admin-did-unlocked = L’attente après des mots de passe et des codes incorrects a été levée
admin-did-device-ended = Un appareil a été déconnecté
admin-did-all-ended = Tous les appareils ont été déconnectés
admin-did-password-changed = Le mot de passe a été changé
admin-did-reset-link-made = Un lien pour choisir un nouveau mot de passe a été créé
admin-did-confirmed = L’adresse e-mail a été confirmée
admin-did-email-change-asked = Un lien pour changer l’adresse e-mail a été créé
admin-did-name-changed = Le nom a été changé
admin-did-handle-changed = Le nom d’utilisateur dans les applications a été changé
admin-did-disabled = Un compte a été désactivé
admin-did-enabled = Un compte a été réactivé
admin-did-group-created = Un groupe a été créé
admin-did-group-deleted = Un groupe a été supprimé
admin-did-group-title-changed = Le titre d’un groupe a été changé
admin-did-group-joined = Un compte a été ajouté à un groupe
admin-did-group-left = Un compte a été retiré d’un groupe
admin-did-app-created = Une application a été ajoutée
admin-did-app-changed = Une application a été modifiée
admin-did-app-disabled = Une application a été désactivée
admin-did-app-enabled = Une application a été réactivée
admin-did-app-deleted = Une application a été retirée
admin-did-factor-removed = Des seconds facteurs ont été retirés
admin-did-two-factor-off = L’authentification à deux facteurs d’un compte a été désactivée
admin-did-recovery-code-made = Un code de récupération a été créé pour un compte
admin-did-invitation-made = Une nouvelle invitation a été créée
admin-did-invitation-renewed = Un nouveau lien a été créé pour une invitation
admin-did-invitation-revoked = Une invitation ouverte a été annulée
admin-did-email-retried = Un nouvel essai d’envoi d’un e-mail en attente a été demandé
admin-did-email-dropped = Un e-mail en attente a été retiré
admin-did-deleted = Un compte a été supprimé
admin-system-title = Système
admin-system-database = Base de données : { $engine },
admin-system-clock = Horloge de ce site : { $when }
admin-system-oldest = Le plus ancien a été écrit : { $when }
admin-system-arrived = Ce qui est arrivé avec cette requête
admin-system-client = Votre adresse IP, telle que ce site la voit : { $ip }
admin-system-why-reported = La connexion vient d’un proxy de confiance, et c’est ce qu’il indique.
admin-system-why-not-reported = La connexion vient d’un proxy de confiance, qui n’a pas envoyé X-Forwarded-For. Faites-lui envoyer l’adresse du visiteur.
admin-system-why-not-trusted = C’est celle de la connexion. Son X-Forwarded-For n’est pas pris en compte, car elle ne vient pas d’un proxy de confiance.
admin-system-why-direct = C’est celle de la connexion, qui n’a pas de X-Forwarded-For.
admin-system-peer = La connexion vient de { $ip }.
admin-system-base-url = Les visiteurs devraient saisir { $url } (base_url).
admin-system-trust = Tous les visiteurs semblent venir de la même adresse. Si { $ip } est votre proxy, ajoutez-le à trusted_proxies.
admin-system-lacks-https = Le proxy indique https, mais base_url vaut { $url }. Donnez à base_url l’adresse que les visiteurs saisissent.
admin-system-settings = Paramètres
admin-system-none-set = Chaque paramètre a sa valeur par défaut.
admin-system-defaults = Paramètres qui ont leur valeur par défaut
admin-system-question = À copier pour une question
admin-system-question-hint = Si vous demandez de l’aide, ajoutez ce texte. Il ne contient ni adresse, ni nom, ni secret.


## Administration: notices

notice-admin-logged-out = Le compte a été déconnecté partout.
notice-admin-device-ended = L’appareil a été déconnecté.
notice-admin-disabled = Le compte a été désactivé. Toutes ses sessions ont pris fin.
notice-admin-enabled = Le compte a été réactivé. Son titulaire peut se connecter.
notice-admin-confirmed = L’adresse e-mail a été confirmée.
notice-admin-unlocked = Les mots de passe et codes incorrects pour ce compte ne comptent plus. Ceux venus d’un réseau comptent toujours.
notice-admin-network-unlocked = Les mots de passe et codes incorrects de ce réseau ne comptent plus.
notice-admin-factors-removed = Tous les seconds facteurs ont été retirés. Tous les appareils ont été déconnectés.
notice-admin-handle-changed = Le nom d’utilisateur dans les applications a été enregistré.
notice-admin-link-made = Le lien a été créé. Il est affiché ci-dessous, une seule fois.
notice-admin-account-made = Le compte a été créé. Le lien pour choisir un mot de passe est affiché ci-dessous, une seule fois.
notice-admin-deleted = Le compte a été supprimé.
notice-admin-own-account = C’est votre propre compte. Modifiez-le dans les paramètres. Rien n’a été changé.
notice-admin-enable-first = Le compte est désactivé : aucun lien ne fonctionnerait. Réactivez-le d’abord.
notice-admin-last = C’est le dernier administrateur qui peut se connecter. Nommez-en d’abord un autre. Rien n’a été changé.
notice-admin-invitation-made = L’invitation a été créée.
notice-admin-invitation-mailed = L’invitation a été créée. Un e-mail avec son lien est en route.
notice-admin-invitation-renewed = L’invitation a un nouveau lien. L’ancien ne fonctionne plus.
notice-admin-invitation-revoked = L’invitation a été annulée. Son lien ne fonctionne plus.
notice-admin-invitation-over = Cette invitation était déjà terminée. Rien n’a été changé.
notice-admin-group-created = Le groupe a été créé.
notice-admin-group-joined = Le compte a été ajouté au groupe.
notice-admin-group-left = Le compte a été retiré du groupe.
notice-admin-group-deleted = Le groupe a été supprimé. Ses membres n’en font plus partie.
notice-admin-own-membership = Vous ne pouvez pas vous retirer vous-même : un autre administrateur le peut. Rien n’a été changé.
notice-admin-app-created = L’application a été ajoutée.
notice-admin-app-changed = L’application a été enregistrée. Cela vaut dès la prochaine requête.
notice-admin-app-disabled = L’application a été désactivée. Personne ne peut l’ouvrir.
notice-admin-app-enabled = L’application a été réactivée.
notice-admin-app-removed = L’application a été retirée. Personne ne peut l’ouvrir à travers le proxy.
notice-admin-email-retried = Un nouvel essai d’envoi a lieu dans la minute.
notice-admin-email-underway = L’e-mail est peut-être en cours d’envoi. Réessayez dans cinq minutes s’il attend encore.
notice-admin-email-gone = L’e-mail a été envoyé entre-temps, ou abandonné.
notice-admin-email-dropped = L’e-mail a été retiré.
