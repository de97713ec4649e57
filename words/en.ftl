### Vestibule's words in English: every sentence of its pages, notices, errors, emails and events.
###
### A message is a whole sentence or a whole label. Code never joins words: what changes is a variable, and a message may
### use another message ({ duration }), which then reads the same variables.
###
### Variables with one meaning everywhere:
###   $site      name of the site (setting site_name)
###   $name      name of the person
###   $address   an email address
###   $ip        an IP address
###   $contact   whom to ask: a link on a page, "Ruth Meier <ruth@example.org>" in an email; "none" without the setting
###   $actor     who did it: "owner", "administrator" or "command_line" (the people who run the site)
###   $browser   name of a browser ("Firefox"); "unknown" if it is on no list
###   $system    name of its system ("Linux", "iPad"); "unknown" if it is on no list
###   $count, $unit   a duration: a whole number of "second", "minute", "hour" or "day"
###   $date, $time    a day (time-date) and a time of day (time-clock), as this language writes them
###   $when      a moment as this language writes it (time-…); on pages a <time> element
###
### A variable is text that people typed, or data. Pages put it into <bdi>, so a message needs no marks around it.
### Apostrophes are straight (don't), quotation marks curly (“…”). Other languages follow their own rules.


## Language

# web/words: the name of this language, in this language; shown in the list at the foot of every page
language-name = English
# base.html, lang and dir of <html> and of emails: "ltr" or "rtl"
language-direction = ltr
# web/words: how one whole sentence follows another in a paragraph; $first, $second: sentences
sentences = { $first } { $second }


## Time

# base/rate_limit/retry_after.rs: how long to wait ("Wait 2 minutes")
duration = { $unit ->
    [second] { $count ->
        [one] 1 second
       *[other] { $count } seconds
    }
    [minute] { $count ->
        [one] 1 minute
       *[other] { $count } minutes
    }
    [hour] { $count ->
        [one] 1 hour
       *[other] { $count } hours
    }
   *[day] { $count ->
        [one] 1 day
       *[other] { $count } days
    }
}
# services/links/purpose.rs: until when something must be done ("Please use it within 24 hours")
duration-within = { $unit ->
    [second] { $count ->
        [one] within a second
       *[other] within { $count } seconds
    }
    [minute] { $count ->
        [one] within a minute
       *[other] within { $count } minutes
    }
    [hour] { $count ->
        [one] within an hour
       *[other] within { $count } hours
    }
   *[day] { $count ->
        [one] within a day
       *[other] within { $count } days
    }
}
# services/links/purpose.rs: how long something is possible ("You can undo it for 7 days")
duration-for = { $unit ->
    [second] { $count ->
        [one] for a second
       *[other] for { $count } seconds
    }
    [minute] { $count ->
        [one] for a minute
       *[other] for { $count } minutes
    }
    [hour] { $count ->
        [one] for an hour
       *[other] for { $count } hours
    }
   *[day] { $count ->
        [one] for a day
       *[other] for { $count } days
    }
}
# people/sessions: what had passed when something ended ("You were logged out after an hour")
duration-after = { $unit ->
    [second] { $count ->
        [one] after a second
       *[other] after { $count } seconds
    }
    [minute] { $count ->
        [one] after a minute
       *[other] after { $count } minutes
    }
    [hour] { $count ->
        [one] after an hour
       *[other] after { $count } hours
    }
   *[day] { $count ->
        [one] after a day
       *[other] after { $count } days
    }
}
# web/moment.rs: the name of a month inside a date; $month: 1 to 12
time-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
# web/moment.rs: a day of the week at the beginning of a heading; $weekday: 1 is Monday, 7 is Sunday
time-weekday = { $weekday ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[7] Sunday
}
# web/moment.rs: a day inside a sentence; $day, $month: numbers; $year: text of four digits
time-date = { $day } { time-month } { $year }
# web/moment.rs: a time of day; $hour, $minute: texts of two digits; $zone: "UTC", "CET"
time-clock = { $hour }:{ $minute } { $zone }
# web/moment.rs: a moment, exact; also the title of a relative one. Variables as in time-date and time-clock
time-exact = { $day } { time-month } { $year }, { $hour }:{ $minute } { $zone }
# web/moment.rs, inside a sentence or after a colon: less than a minute ago
time-just-now = just now
# web/moment.rs: less than an hour ago; $count: minutes
time-minutes-ago = { $count ->
    [one] a minute ago
   *[other] { $count } minutes ago
}
# web/moment.rs: earlier today; $hour, $minute, $zone
time-today = today, { $hour }:{ $minute } { $zone }
# web/moment.rs: yesterday; $hour, $minute, $zone
time-yesterday = yesterday, { $hour }:{ $minute } { $zone }
# activity.html: heading of the rows of today
time-heading-today = Today
# activity.html: heading of the rows of yesterday
time-heading-yesterday = Yesterday
# activity.html: heading of the rows of an earlier day; $weekday, $day, $month: numbers; $year: text
time-heading-day = { time-weekday }, { $day } { time-month } { $year }


## Browsers and places

# base/browser.rs: a browser at the beginning of a line; names of browsers and systems stay as they are
browser = { $browser ->
    [unknown] { $system ->
        [unknown] Unknown browser
        [iPad] Unknown browser on an iPad
        [iPhone] Unknown browser on an iPhone
       *[other] Unknown browser on { $system }
    }
   *[other] { $system ->
        [unknown] { $browser }
        [iPad] { $browser } on an iPad
        [iPhone] { $browser } on an iPhone
       *[other] { $browser } on { $system }
    }
}
# base/browser.rs: the same after "from" in a sentence
browser-from = { $browser ->
    [unknown] { $system ->
        [unknown] from an unknown browser
        [iPad] from an unknown browser on an iPad
        [iPhone] from an unknown browser on an iPhone
       *[other] from an unknown browser on { $system }
    }
   *[other] { $system ->
        [unknown] from { $browser }
        [iPad] from { $browser } on an iPad
        [iPhone] from { $browser } on an iPhone
       *[other] from { $browser } on { $system }
    }
}
# base/client.rs, second line of an activity row: $ip is "unknown" if the connection had none
place = { $ip ->
    [unknown] { browser }
   *[other] { browser } · { $ip }
}
# people/actor.rs, second line of an activity row: instead of a browser, if it was done on the command line
place-operator = By the people who run this site
# people/actor.rs, second line of an activity row: instead of a browser, if it was done by an administrator
place-administrator = By an administrator of this site
# devices.html: second line of a device; $ip is "unknown" if the connection had none
place-ip = { $ip ->
    [unknown] Unknown internet address
   *[other] Internet address { $ip }
}


## Frame of every page

# base.html: title of the window; $title: the page's own title
page-title = { $title } · { $site }
# base.html: the same after a form had errors
page-title-error = Error: { $title } · { $site }
# base.html, meta description, if there is no tagline
page-description = Your account at { $site }.
# base.html: first link for keyboards and screen readers
frame-skip = Skip to content
# base.html: name of the navigation, for screen readers
frame-nav = Main
# base.html
nav-home = Home
# base.html
nav-profile = Profile
# base.html
nav-settings = Settings
# base.html: button
nav-logout = Logout
# base.html
nav-login = Login
# base.html
nav-signup = Sign Up
# base.html: name of the footer, for screen readers
footer-label = About this site
# base.html: before the list of languages
footer-language = Language
# base.html: only with the setting contact
footer-contact = Questions? Write to { $contact }.
# base.html, only with terms_url: link
footer-terms = Terms of use
# base.html, only in print; $date: today
frame-print = { $site }, { $name } ({ $address }), { $date }
# base.html, for static/form.js: on a button while its form is on the way
frame-working = One moment…


## Fields

# all forms: label
field-email = Email
# all forms: label
field-name = Name
# all forms: label
field-password = Password
# password.html: label
field-current-password = Current password
# password.html, reset.html: label
field-new-password = New password
# email.html: label
field-new-email = New email
# close.html: label
field-account-email = Email of this account
# reset.html: label
field-your-name = Your name
# login.html, forgot.html, unconfirmed.html, close.html
placeholder-your-email = Your Email
# login.html, password.html, reauthenticate.html and others
placeholder-your-password = Your Password
# signup.html
placeholder-email = Email
# signup.html, account.html, reset.html
placeholder-name = Name
# signup.html
placeholder-password = Password
# password.html, reset.html
placeholder-new-password = New Password
# email.html
placeholder-new-email = New Email
# static/password.js: on the button in a password field
password-show = Show
# static/password.js
password-hide = Hide
# static/password.js, name of that button for screen readers; $field: "current", "new" or "password"
password-show-label = { $field ->
    [current] Show current password
    [new] Show new password
   *[password] Show password
}
# static/password.js
password-hide-label = { $field ->
    [current] Hide current password
    [new] Hide new password
   *[password] Hide password
}
# static/password.js
password-caps-lock = Caps Lock is on.
# static/password.js, under a new password while it is typed; $typed, $least: numbers of characters
password-length = { $typed } of at least { $least } characters
# In password-rule. No one may choose it.
password-example = teapot gravel violin
# signup.html, password.html, reset.html: the rule of a new password; $least: number of characters
password-rule = At least { $least } characters, and hard to guess. Three or four unrelated words work well, such as “{ password-example }”.


## Front page

# home.html: title of the window
home-title = Home
# home.html: only while site_name is not set, and no tagline
home-tagline = Easy authentication and authorization in Rocket.
# home.html: button
home-login = Login
# home.html: button
home-signup = Sign Up
# home.html: button, if the visitor is logged in
home-profile = Go to your profile
# home.html: heading above links to apps
apps-yours = Your apps


## Profile

# profile.html: title of the window
profile-title = Profile
# profile.html
profile-welcome = Welcome, { $name }!
# profile.html
profile-address = Logged in as { $address }
# profile.html: the login before this one; $when: a <time> element; $browser: as `browser` says it
profile-last-login = Last login: { $when } · { $browser }
# profile.html: button below the last login, next to profile-settings
profile-activity = Wasn't you? Check your activity
# profile.html: link
profile-settings = Settings


## Login

# login.html: title and heading
login-title = Login
# login.html: check box
login-remember = Remember me
# login.html: hint of the check box; $count, $unit: setting remember_lifetime
login-remember-hint = Keeps you logged in on this device { duration-for } at most. Please don't use it on a shared computer.
# login.html: button
login-button = Login
# login.html, password.html, reauthenticate.html: link
login-forgot = Forgot your password?
# login.html: link
login-unconfirmed = Didn't get the confirmation email?
# login.html, if sign-up is open
login-new-here = New here?
# login.html: link after login-new-here
login-signup = Sign Up
# login.html, if sign-up is closed
login-closed = { $contact ->
    [none] No account yet? Ask the people who run this site for one.
   *[other] No account yet? Ask { $contact } for one.
}
# login.html, during a pause after wrong passwords, with email on
login-by-email = You don't have to wait: we can email you a link to choose a new password, and you can log in at once.
# login.html: link after login-by-email
login-by-email-link = Email me a link


## Switch account

# login_switch.html, /login while a user is logged in: title and heading
switch-title = Log in with another account?
# login_switch.html; $address: who is logged in
switch-now = You are logged in as { $address }. To use another account, we'll log you out first.
# login_switch.html: link
switch-stay = Continue with this account
# login_switch.html: button
switch-button = Log out and switch


## The gate: on the way to an app

# login.html, if an app led here; $app: name of the app
gate-log-in = Log in to go on to { $app }.
# onward.html, after a login for an app, for a moment: title and heading; $app: name of the app
gate-onward-title = Going on to { $app }
# onward.html: below gate-onward-title
gate-onward = This takes only a moment.
# onward.html: link; $app: name of the app
gate-onward-link = Go to { $app }
# gate_denied.html: title and heading; $app: name of the app
gate-denied-title = You may not use { $app }
# gate_denied.html; $address: who is logged in
gate-denied = You are logged in as { $address }.
# gate_denied.html: what to do
gate-denied-advice = { $contact ->
    [none] If you should have access, ask the people who run this site. Or use another account.
   *[other] If you should have access, ask { $contact }. Or use another account.
}
# gate_denied.html: button
gate-denied-button = Log out and use another account
# layout/catchers.rs, if one browser opens too many pages of apps at once; above error-429-wait
gate-early = You have opened many pages of apps at once
# gate_trouble.html: title and heading
gate-trouble-title = We couldn't let you in
# gate_trouble.html; $host: host of the app
gate-trouble-kept = Your browser did not keep the cookie of { $host }. Without it, the app there cannot know that you are logged in.
# gate_trouble.html, if the cookie was certainly set; $host: host of the app
gate-trouble-set = The cookie of { $host } was set and did not come back. Without it, the app there cannot know that you are logged in.
# gate_trouble.html: what to do; $host: host of the app
gate-trouble-advice = Perhaps cookies are blocked for { $host }, by the settings of your browser or by an extension. Allow them, then try again.
# gate_trouble.html: link
gate-trouble-again = Try again
# gate_trouble.html: below the link; $host: host of the app
gate-trouble-report = { $contact ->
    [none] If that does not help, tell the people who run this site: the proxy in front of { $host } may not pass cookies on.
   *[other] If that does not help, tell { $contact }: the proxy in front of { $host } may not pass cookies on.
}


## Sign-up

# signup.html: title and heading
signup-title = Sign Up
# signup.html: button
signup-button = Sign Up
# signup.html
signup-have-account = Already have an account?
# signup.html: link after signup-have-account
signup-login = Login
# signup.html: check box, only with terms_url
signup-terms = I accept the terms of use
# signup.html: link under it
signup-terms-read = Read the terms of use
# features/signup/routes.rs: heading of the page while sign-up is closed
signup-closed = Sign-up is closed
# features/signup/routes.rs
signup-closed-advice = { $contact ->
    [none] To get an account, ask the people who run this site.
   *[other] To get an account, ask { $contact }.
}
# features/signup/routes.rs: heading of the page where sign-up takes an invitation
signup-invited = You need an invitation
# features/signup/routes.rs
signup-invited-advice = { $contact ->
    [none] To get one, ask the people who run this site.
   *[other] To get one, ask { $contact }.
}


## Invitation

# invited.html, invited_join.html: title and heading
invited-title = You are invited
# invited_lead.html: an invitation that leads into no group
invited-lead = { $site } invites you to join.
# invited_lead.html: a list of groups follows; $count: how many
invited-lead-groups = { $count ->
    [one] { $site } invites you to join this group:
   *[other] { $site } invites you to join these groups:
}
# invited_lead.html: an invitation that brings a handle; $handle: what apps call the person
invited-handle = Apps of this site will know you by the user name { $handle }.
# invited_lead.html
invited-until = The invitation ends on { $when }.
# invited.html: above the form
invited-sign-up = To accept, create an account.
# invited.html: below the field with the only address that can use it
invited-bound = The invitation is for this address.
# invited_join.html
invited-as = You are logged in as { $address }.
# invited_join.html: button
invited-join = Join with this account
# invited_join.html: an invitation that leads into no group
invited-nothing = You are logged in as { $address }. You have an account here already, so there is nothing left to do.
# invited_join.html: $address: whom it is for; $other: who is logged in
invited-other = The invitation is for { $address }, and you are logged in as { $other }. Log out, then open the link again.
# invited_over.html: title and heading
invited-over-title = This invitation is over
# invited_over.html
invited-over-lead = It has been used, has ended, or was taken back. To get another one, ask the person who invited you.


## Check your email

# unconfirmed.html, forgot.html after sending: title and heading
check-email-title = Check your email
# after sign-up, the same for new and taken addresses; $count, $unit: life of the link
check-email-signup = We've sent an email to { $address }. Open it and follow the link { duration-within } to finish.
# after asking for a new password, the same for every address
check-email-reset = If there is an account for { $address }, we've sent it an email. Open it and follow the link { duration-within } to choose a new password.
# after asking for another confirmation email, the same for every address
check-email-confirm = If { $address } still needs confirming, we've sent it an email. Open it and follow the link { duration-within }.
# below all three
check-email-nothing = Nothing there? It can take a few minutes. Please look in your spam folder too.
# below forgot.html's
check-email-newest = If you have asked before and no new email comes, use the newest one you have.
# button
check-email-again = Send it again
# link: the form of the page before
check-email-other = Use another address
# below check-email-nothing, only with the setting contact
check-email-contact = Still nothing? Write to { $contact }.


## Confirm an email address

# unconfirmed.html without a known address, and confirm.html: title and heading
confirm-title = Confirm your email
# unconfirmed.html
unconfirmed-lead = Open the link in the email we sent you. Didn't get it, or is it too old? We'll send another.
# unconfirmed.html: button
unconfirmed-button = Send the email again
# unconfirmed.html; $count, $unit: life of the link
unconfirmed-life = Please use the link { duration-within }. It works only once.
# unconfirmed.html, forgot.html: link
back-to-login = Back to login
# confirm.html
confirm-lead = To confirm { $address }, enter the password you chose when you signed up.
# confirm.html: button
confirm-button = Confirm
# confirm.html, with email on
confirm-unknown-password = Don't know it? Choose a new password. That also shuts out anyone else who signed up with your address.
# confirm.html: link
confirm-reset = Choose a new password
# confirm.html: the user of another account is logged in; $address: the one to confirm, $other: who is logged in
confirm-other-account = You are logged in as { $other }. Confirming { $address } will log you in to that account instead.


## Forgotten password

# forgot.html: title and heading
forgot-title = Forgot your password?
# forgot.html, with email on
forgot-lead = We'll email you a link to choose a new one.
# forgot.html: button
forgot-button = Send the link
# forgot.html, with email on; $count, $unit: life of the link
forgot-life = Please use the link { duration-within }. It works only once.
# forgot.html, without email
forgot-no-email = { $contact ->
    [none] To get a link to choose a new password, ask the people who run this site.
   *[other] To get a link to choose a new password, ask { $contact }.
}
# reset.html: title and heading
reset-title = New password
# reset.html
reset-lead = Choose a new password for { $address }. You'll be logged out everywhere.
# reset.html: hint of the name
reset-name-hint = What should we call you? We ask because this address was never confirmed.
# reset.html: button
reset-button = Set password
# reset.html: title and heading for those who never had a password
reset-first-title = Welcome
# reset.html: the same
reset-first-lead = Choose a password for { $address }.
# reset.html: hint of the name, which an administrator typed
reset-first-name-hint = What should we call you? This name was entered for you.


## Links from emails

# features/link_page.rs, link_over.html: title and heading
link-over-title = This link no longer works
# link_over.html
link-over-lead = It has been used, has expired, or was replaced by a newer one or by a new password. If you have used it already, everything is done.
# features/link_page.rs: first way on
link-over-login = Log in
# features/link_page.rs: second way on, for a new password, a confirmation and a deletion
link-over-new = Send me a new link
# all link pages: link that changes nothing
link-leave = Leave everything as it is

# change_email.html: title and heading
change-email-title = Change your email address?
# change_email.html; $address: the new one
change-email-lead = From now on, you will log in with { $address } and get our emails there. To confirm, enter the password of your account.
# change_email.html: button
change-email-button = Change email
# change_email.html
change-email-not-you = Not you? Someone may have typed your address by mistake. You can simply close this page.

# restore_email.html: title and heading
restore-email-title = Undo the change of your email address?
# restore_email.html; $address: the old one
restore-email-lead = This will give your account its old address { $address } back, log out every device and cancel your password. We'll then email you a link to choose a new one.
# restore_email.html: button
restore-email-button = Undo the change

# secure.html: title and heading
secure-title = Log out everywhere?
# secure.html
secure-lead = This will log out every device of { $address } and cancel your password. We'll then email you a link to choose a new one.
# secure.html: button
secure-button = Log out everywhere
# secure.html: what the button does not undo
secure-stays-on = { $contact ->
    [none] It does not turn two-factor authentication off, which has been on since { $date }. If that wasn't you, ask the people who run this site for help first.
   *[other] It does not turn two-factor authentication off, which has been on since { $date }. If that wasn't you, ask { $contact } for help first.
}
# secure.html: link that changes nothing
secure-was-me = No, it was me

# features/link_page.rs, secure_moved.html: title and heading
secure-moved-title = Your email address was changed
# secure_moved.html; $address: the address before
secure-moved-lead = This account no longer uses { $address }, so this link can't log it out any more.
# secure_moved.html, if the change can still be undone; $subject: email-changed-subject, in the language of that email
secure-moved-revertible = If it wasn't you who changed it, you can still get your account back. We sent an email with the subject “{ $subject }” to { $address }. Open the link in it: it brings your address back and logs out every device.
# secure_moved.html; $count, $unit: since the change
secure-moved-life = Please do it { duration-within } of the change. If you can't find the email, look in your spam folder too.
# secure_moved.html, if it cannot be undone any more
secure-moved-over = { $contact ->
    [none] This change can no longer be undone by email. If it wasn't you who made it, ask the people who run this site for help.
   *[other] This change can no longer be undone by email. If it wasn't you who made it, ask { $contact } for help.
}

# features/account/close.rs, delete.html: title and heading
delete-title = Delete your account?
# delete.html; $address: where the link was sent, which may be an older address of the account
delete-lead = This will delete the account that we wrote to { $address } about, with its name, address, devices and activity. This can't be undone.
# delete.html: button
delete-button = Delete account


## Settings

# settings.html: heading above the tabs, and their name for screen readers
settings-title = Settings
# settings.html: tab, and title of account.html
settings-account = Account
# settings.html: tab, and title of devices.html
settings-devices = Devices
# settings.html: tab, and title of activity.html
settings-activity = Activity
# all pages below settings: link
settings-back = Back to your account
# all pages below settings: link that changes nothing
settings-cancel = Cancel

# account.html: heading
account-profile = Profile
# account.html: heading
account-security = Email and password
# account.html: heading
account-data = Your data
# account.html: button
account-save-name = Save name
# account.html: row and label
account-email = Email
# account.html: link
account-change-email = Change email
# account.html: row
account-confirmation = Confirmation
# account.html
account-unconfirmed = Your address is not confirmed yet. Open the link in the email we sent you.
# account.html: link
account-confirm-again = Send it again
# account.html; $address: a new address whose link was not opened yet; $by: who asked for it
account-pending = { $by ->
    [administrator] An administrator made a link that changes it to { $address }, and will give it to you.
    [command_line] A link that changes it to { $address } was made by the people who run this site, who will give it to you.
   *[owner] You asked to change it to { $address }. Open the link in the email we sent there.
}
# account.html: button
account-pending-cancel = Cancel the change
# account.html: row
account-password = Password
# account.html
account-password-hint = Changing it logs you out everywhere else.
# account.html: link
account-change-password = Change password
# account.html: label
account-language = Language
# account.html, with email
account-language-hint = Pages change when you save, our emails a week later, so that no one can hide a warning from you in another language.
# account.html: first choice of the language
account-language-automatic = As in your browser
# account.html: button
account-language-save = Save language
# account.html
account-handle = User name in apps
# account.html
account-handle-hint = Apps of this site know you by it. Only an administrator can change it.
# account.html: row
account-copy = A copy of your data
# account.html
account-copy-hint = Everything this site knows about you, as a file.
# account.html: button
account-copy-button = Download
# account.html, only with terms_url; $version: as the setting says, $date: when they were accepted
account-terms = You accepted the terms of use (version { $version }) on { $date }.
# account.html: row and link
account-delete = Delete account
# account.html
account-delete-hint = This can't be undone.

# features/account/change_email.rs, email.html: title and heading
email-page-title = Change email
# email.html
email-page-now = Your address is { $address }.
# email.html: button
email-page-button = Send a link
# email.html; $count, $unit: life of the link
email-page-lead = We'll send a link to the new address. Open it { duration-within } to make the change.
# email.html, if the address is confirmed; $count, $unit: how long it can be undone
email-page-undo = We'll also tell your old address, and you can undo the change from there { duration-for }.
# email.html, without email
email-page-no-email = { $contact ->
    [none] To change it, ask the people who run this site for a link.
   *[other] To change it, ask { $contact } for a link.
}

# features/account/password.rs, password.html: title and heading
password-page-title = Change password
# password.html
password-page-lead = You'll be logged out everywhere else.
# password.html: button
password-page-button = Change password

# features/account/close.rs, close.html: title and heading
close-title = Delete account
# close.html
close-lead = Your account { $address } will be deleted, with your name, address, devices and activity. This can't be undone.
# close.html, if it takes a link; $count, $unit: its life
close-by-link = First we'll email you a link. Open it { duration-within } to delete the account.
# close.html; $count, $unit: how long a change of address can be undone
close-by-link-where = The email goes to your address, or to the one before if it was changed less than { duration } ago.
# close.html: button, if it takes a link
close-button-link = Send the link
# close.html: button
close-button = Delete account

# features/login/reauthenticate_page.rs, reauthenticate.html: title and heading
reauthenticate-title = Confirm your password
# reauthenticate.html
reauthenticate-lead = You are logged in as { $address }. Please enter your password again.
# reauthenticate.html: button
reauthenticate-button = Continue

# features/login/logout.rs: title of the window
logout-title = Log out
# logout.html: heading
logout-question = Log out of { $site }?
# logout.html: button
logout-button = Log out


## Devices

# devices.html
devices-lead = You are logged in on these devices. Don't recognise one? Log it out and change your password.
# devices.html: mark
devices-here = This device
# devices.html: mark
devices-remembered = Stays logged in
# devices.html
devices-began = Logged in: { $when }
# devices.html
devices-last-used = Last used: { $when }
# devices.html, before the names of the apps that this device is logged in to; they end with it
devices-apps = Also logged in to:
# devices.html: button of a device
devices-end = Log out
# devices.html: button of the device in use
devices-end-here = Log out here
# devices.html: button
devices-end-others = Log out everywhere else
# devices.html: a page that has no devices any more
devices-none = That's everything.


## Activity

# activity.html; $count: days, setting activity_kept
activity-lead = { $count ->
    [one] Activity in your account over the last day.
   *[other] Activity in your account over the last { $count } days.
}
# activity.html, if it is kept for less than a day
activity-lead-short = Recent activity in your account.
# activity.html: no events at all
activity-none = Nothing has happened yet.
# activity.html: a later page that has no events any more
activity-end = That's everything.
# activity.html, devices.html: link
activity-older = Older
# activity.html, devices.html: link
activity-newest = Newest
# activity.html, link below the list
activity-unknown = Something you don't recognise? Change your password

# activity.html, word next to the icon of an event that matters
mark-wrong-password = Wrong password
# activity.html
mark-new-browser = New browser
# activity.html
mark-password = Password
# activity.html
mark-email = Email address
# activity.html
mark-wrong-code = Wrong code
# activity.html, a change of an authenticator app, a passkey, recovery codes or two-factor authentication
mark-security = Security


## Events

# people/audit/event.rs. One sentence of an activity row; the line below it says from where (place, place-operator)
event-signed-up = { $actor ->
    [administrator] An administrator created your account
    [command_line] Your account was created
   *[owner] You signed up
}
# $remembered: "yes" if the device stays logged in (was: DeviceRemembered)
event-logged-in = { $remembered ->
    [yes] You logged in, and this device stays logged in
   *[no] You logged in
}
# new, for the mark "New browser": rows do not say it yet; $remembered as above
event-logged-in-new-browser = { $remembered ->
    [yes] You logged in from a new browser, and it stays logged in
   *[no] You logged in from a new browser
}
# a remembered device opened a session
event-resumed-by-device = You were logged in automatically
# event.rs
event-password-wrong = Wrong password entered
# the right password, but the address is not confirmed
event-barred-unconfirmed = Login refused: the email address is not confirmed
# the right password, but the account is disabled
event-barred-disabled = Login refused: the account is disabled
# event.rs
event-passwords-paused = Too many wrong passwords: new tries have to wait
# event.rs
event-unlocked = { $actor ->
    [administrator] An administrator ended the wait after wrong passwords
   *[owner] The wait after wrong passwords was ended
}
# people/audit/event.rs: for administrators
event-network-unlocked = The wait of a network after wrong passwords was ended
# event.rs
event-reauthenticated = You confirmed that it was you
# rows from before, if they cannot be folded into the login
event-device-remembered = You asked to stay logged in
# event.rs
event-device-reused = A remembered login was used twice, so we logged that device out
# event.rs
event-logged-out = You logged out
# event.rs
event-device-ended = { $actor ->
    [administrator] An administrator logged out one of your devices
   *[owner] You logged out another device
}
# event.rs
event-others-ended = You logged out everywhere else
# event.rs; by an administrator
event-all-ended = An administrator logged you out everywhere
# event.rs
event-password-changed = { $actor ->
    [command_line] Your password was changed
   *[owner] You changed your password
}
# set by a link, never on the command line
event-password-reset = You chose a new password, with a link
# event.rs
event-reset-link-made = { $actor ->
    [administrator] An administrator made a link to choose a new password
    [command_line] A link to choose a new password was made
   *[owner] Someone asked for a link to choose a new password
}
# event.rs
event-confirmed = { $actor ->
    [administrator] An administrator confirmed your email address
   *[owner] You confirmed your email address
}
# event.rs
event-email-change-asked = { $actor ->
    [administrator] An administrator made a link to change your email address
   *[owner] You asked to change your email address
}
# new: the change was cancelled on the account page
event-email-change-cancelled = You cancelled the change of your email address
# event.rs
event-email-changed = You changed your email address
# event.rs
event-email-restored = The change of your email address was undone
# event.rs
event-close-asked = You asked to delete your account
# by a link in an email
event-secured = Everything was logged out and the password cancelled, from a link in an email
# event.rs
event-name-changed = { $actor ->
    [command_line] Your name was changed
   *[owner] You changed your name
}
# event.rs
event-handle-changed = { $actor ->
    [administrator] An administrator changed your user name in apps
   *[owner] Your user name in apps was changed
}
# event.rs
event-exported = { $actor ->
    [command_line] A copy of your data was made
   *[owner] You downloaded a copy of your data
}
# event.rs
event-disabled = { $actor ->
    [administrator] An administrator disabled the account
   *[owner] The account was disabled
}
# event.rs
event-enabled = { $actor ->
    [administrator] An administrator enabled the account again
   *[owner] The account was enabled again
}
# event.rs
event-group-created = A group was created
# event.rs
event-group-deleted = A group was deleted
# event.rs
event-group-title-changed = The title of a group was changed
# event.rs
event-connected-app-created = An app was added
# event.rs
event-connected-app-changed = An app was changed
# event.rs
event-connected-app-disabled = An app was disabled
# event.rs
event-connected-app-enabled = An app was enabled again
# event.rs
event-connected-app-deleted = An app was removed
# event.rs
event-group-joined = { $actor ->
    [administrator] An administrator added you to a group
   *[owner] You were added to a group
}
# event.rs
event-group-left = { $actor ->
    [administrator] An administrator removed you from a group
   *[owner] You were removed from a group
}
# event.rs
event-invitation-made = An invitation was created
# event.rs
event-invitation-renewed = An invitation got a new link
# event.rs
event-invitation-revoked = An invitation was taken back
# event.rs
event-invitation-used = You used an invitation
# event.rs
event-email-retried = An administrator tried again to send you an email
# event.rs
event-email-dropped = An administrator dropped an email to you before it was sent
# a factor is an authenticator app or a passkey; also one that came back when its removal was undone
event-factor-added = An authenticator app or a passkey was added
# event.rs; recovery codes only by the people who run the site, or when they are undone
event-factor-removed = { $actor ->
    [administrator] An administrator removed an authenticator app, a passkey or recovery codes
   *[owner] An authenticator app, a passkey or recovery codes were removed
}
# event.rs; only an app is replaced
event-factor-replaced = Your authenticator app was replaced by another one
# event.rs
event-two-factor-on = Two-factor authentication was turned on
# event.rs
event-two-factor-off = { $actor ->
    [administrator] An administrator turned two-factor authentication off
   *[owner] Two-factor authentication was turned off
}
# event.rs; a code of the app, or a recovery code
event-factor-wrong = Wrong code entered, or a passkey was refused
# event.rs
event-factors-paused = Too many wrong codes: new tries have to wait
# event.rs; after a hundred wrong codes in a row
event-app-stopped = Too many wrong codes: your authenticator app has to be set up again
# event.rs
event-recovery-code-used = A recovery code was used
# people/audit/event.rs: by whom follows
event-recovery-code-made = A recovery code was made for your account
# event.rs; also those from before, when a change was undone
event-recovery-codes-kept = Recovery codes were set up: only these work
# event.rs
event-passkey-renamed = You renamed a passkey
# event.rs; its signature counter went back
event-passkey-counter = A passkey was used that may have been copied
# event.rs; its provider now keeps a copy of it, or no longer
event-passkey-backup-changed = The backup of a passkey was turned on or off
# event.rs; since a reset of the password, they no longer log in alone
event-passkeys-rest = Your passkeys now need your password as well
# event.rs
event-passkeys-woken = Your passkeys work without your password again
# event.rs; only in the log and on the command line
event-deleted = The account was deleted
# people/audit/trail.rs: a row that only a newer version knows
event-unknown = Something that this version of the program doesn't know
# people/audit/trail.rs: an event of the app that only another version of it knows
event-app-unknown = Something that this version of the app doesn't know
# people/audit/trail.rs: by an actor that only a newer version knows
event-unknown-actor = By someone that this version of the program doesn't know


## Notices

# web/notice.rs: the key is "notice-" and the code. A page needs a user
notice-log-in-first = Please log in to access this page.
# web/notice.rs: the same after a form was sent
notice-log-in-first-typed = Please log in to access this page. What you typed was not saved.
# web/notice.rs: no activity for session_idle, of an administrator for admin_idle; $count, $unit
notice-session-idle = You were logged out { duration-after } without activity. Please log in.
# web/notice.rs: the same after a form was sent
notice-session-idle-typed = You were logged out { duration-after } without activity. Please log in. What you typed was not saved.
# web/notice.rs: session_lifetime has passed, of an administrator admin_lifetime; $count, $unit
notice-session-old = For your security, you were logged out { duration-after }. Please log in.
# web/notice.rs: the same after a form was sent
notice-session-old-typed = For your security, you were logged out { duration-after }. Please log in. What you typed was not saved.
# web/notice.rs: followed by the link notice-email-taken-login
notice-email-taken = Email address already exists.
# web/notice.rs: link
notice-email-taken-login = Log in instead.
# web/notice.rs
notice-log-in-failed = Please check your login details and try again.
# web/notice.rs: where addresses must be confirmed, to everyone; followed by the link login-unconfirmed
notice-log-in-failed-or-unconfirmed = Please check your login details and try again. If you have just signed up, confirm your email address first.
# web/notice.rs: in the browser that has just signed up, above "Check your email"
notice-confirm-first = Please check your login details and try again. If you have just signed up, confirm your email address first: open the link in the email we sent you.
# web/notice.rs
notice-account-ready = Your account is ready. Please log in.
# web/notice.rs
notice-invitation-accepted = You have accepted the invitation.
# web/notice.rs
notice-logged-out = You have been logged out.
# web/notice.rs: after the page "Log in with another account?", or one that needs a new login
notice-switched = You have been logged out. You can log in again now.
# web/notice.rs: above that page, after a login form that was opened before
notice-switch-first = This browser is already logged in. Nothing was changed.
# web/notice.rs
notice-reauthenticate-first = For your security, please confirm that it is you.
# web/notice.rs: after a form was sent
notice-reauthenticate-again = For your security, please confirm that it is you. What you typed could not be saved, so please type it again afterwards.
# web/notice.rs
notice-reauthenticate-download = For your security, please confirm that it is you. Then press Download once more.
# web/notice.rs
notice-device-ended = That device has been logged out.
# web/notice.rs
notice-others-ended = You have been logged out everywhere else.
# web/notice.rs
notice-name-changed = Your name has been changed.
# web/notice.rs: a name that is the same as before
notice-name-unchanged = That is already your name, so nothing has changed.
# web/notice.rs: in the new language
notice-language-changed = Your language has been changed.
# web/notice.rs
notice-password-changed = Your password has been changed. You have been logged out everywhere else.
# web/notice.rs
notice-password-reset = Your password has been changed. Please log in.
# web/notice.rs: the first password of an account
notice-password-first = Your password has been set. Please log in.
# web/notice.rs, if the page "Check your email" is not shown
notice-confirm-sent = Almost done. We've sent you an email; open the link in it to finish.
# web/notice.rs, the same for every address
notice-link-asked = If there is an account for this address, we've sent it a link. It can take a few minutes; look in spam too.
# web/notice.rs, the same for every address
notice-confirm-asked = If this address still needs confirming, we've sent it a link. It can take a few minutes; look in spam too.
# web/notice.rs
notice-confirmed = Your email address is confirmed.
# web/notice.rs: a confirmation link was opened again by the user whose address it confirmed
notice-already-confirmed = Your email address is already confirmed.
# web/notice.rs
notice-email-asked = We've sent a link to the new address. Your address will change when you open it.
# web/notice.rs: a change that was asked for was cancelled
notice-email-cancelled = Your email address stays as it is. The link we sent no longer works.
# web/notice.rs
notice-email-changed = Your email address has been changed.
# web/notice.rs
notice-email-taken-elsewhere = That address belongs to another account. Nothing was changed.
# web/notice.rs
notice-email-restored = Your old email address is back, and you have been logged out everywhere. We've emailed you a link to choose a new password.
# web/notice.rs
notice-secured = You have been logged out everywhere. We've emailed you a link to choose a new password.
# web/notice.rs
notice-close-asked = We've emailed you a link. Nothing will be deleted until you open it and press the button there.
# web/notice.rs
notice-account-deleted = Your account has been deleted.
# web/notice.rs: an older cookie of a remembered device was used again
notice-device-reused = We logged a device out: we saw the same login used in two places, so someone may have copied it. If you can't explain that, change your password.
# web/notice.rs
notice-other-account = You opened that page with another account. Nothing was changed. Please try again here.
# web/notice.rs, Shown::logged_out: for the device in use; $date, $time: when
notice-device-logged-out = { $actor ->
    [administrator] This device was logged out on { $date } at { $time }, by an administrator of this site.
    [command_line] This device was logged out on { $date } at { $time }, by the people who run this site.
   *[owner] This device was logged out on { $date } at { $time }, { browser-from }.
}


## Errors of forms

# web/form_errors.rs
form-not-whole = Part of the form got lost. Please fill it in again.
# web/submission.rs, OTHER_LINK
form-other-link = That form belonged to another link. Nothing was changed. This page is about the link you opened last.
# people/accounts/email_address.rs
form-email-empty = Enter your email address.
# people/accounts/email_address.rs
form-email-invalid = Enter an email address such as ada@example.org.
# features/account/change_email.rs
form-email-same = That is already your email address.
# features/account/close.rs
form-email-not-own = Enter the email address of this account.
# the same, with another address
form-email-of-another = This is not the email address of this account.
# people/accounts/name.rs
form-name-empty = Enter your name.
# people/accounts/name.rs: error of a form, a file or a command in which someone names another person
form-name-empty-of-another = An account needs a name.
# people/accounts/name.rs; $most: number of characters
form-name-long = Use at most { $most } characters.
# people/accounts/name.rs: control characters, or some that change the direction of text
form-name-unprintable = Please remove the invisible characters.
# people/accounts/name.rs: nothing but such characters
form-name-invisible = Enter a name that can be seen.
# people/accounts/name.rs: many accents on one letter
form-name-piled = Use fewer accents on one letter.
# people/accounts/handle.rs
form-handle-malformed = Use 1 to 32 of a-z, 0-9, dots, underscores and hyphens, with a letter or a digit first and last.
# people/accounts/handle.rs
form-handle-reserved = This name has a meaning of its own in apps. Choose another one.
# login, reauthenticate, confirm, change_email, close, password
form-password-empty = Enter your password.
# reauthenticate_page.rs, close.rs, account/password.rs
form-password-wrong = This is not your password. Please try again.
# confirmations.rs, addresses.rs: a page about an account that may not be logged in
form-password-wrong-account = This is not the password of this account. Please try again.
# account/password.rs
form-password-same = That is already your password. Choose another.
# services/passwords/rules.rs: no new password
form-new-password-empty = Enter a password.
# services/passwords/rules.rs; $least: number of characters
form-new-password-short = Use at least { $least } characters.
# services/passwords/rules.rs; $most: number of characters
form-new-password-long = Use at most { $most } characters.
# services/passwords/rules.rs
form-new-password-named = This password is easy to guess. Don't use your address, your name or the name of this site.
# services/passwords/rules.rs: the password of password-example
form-new-password-example = This password is an example that this site shows. Choose words of your own.
# services/passwords/rules.rs
form-new-password-unjudged = We couldn't check this password. Please try another.
# services/passwords/guess.rs: followed by one warn- and one advice-, joined by "sentences"
form-new-password-weak = This password is easy to guess.
# signup.html: the box of the terms was not ticked
form-terms = Please accept the terms of use to sign up.
# account.html: a language that is not on the list
form-language = Choose a language from the list.
# features/account/close.rs, CONFIRMED
form-close-confirmed = Your email address was confirmed a moment ago. Nothing was deleted. To delete the account, you now need a link that we'll email you: please enter your password once more.
# people/groups/last_admin.rs: the command line
last-admin = This is the last administrator. Make another one first.
# features/account/close.rs: the page that deletes one's own account, and the page of the link for it
close-last-admin = You are the last administrator who can log in. Make someone else an administrator first.
# features/login/lost_cookie.rs; $url: address of the site
form-cookie-insecure = We couldn't log you in, because this page was opened without encryption. Open { $url } and log in there.
# features/login/lost_cookie.rs
form-cookie-blocked = We couldn't log you in, because your browser didn't keep this site's cookie. Allow cookies for this site, then log in again.


## Passwords that are easy to guess

# zxcvbn, Warning::StraightRowsOfKeysAreEasyToGuess; the key is "warn-" and a short name of the variant
warn-key-rows = Keys in a row, such as “qwerty”, are easy to guess.
# Warning::ShortKeyboardPatternsAreEasyToGuess
warn-key-pattern = Short patterns on the keyboard are easy to guess.
# Warning::RepeatsLikeAaaAreEasyToGuess
warn-repeated-letter = Repeats such as “aaa” are easy to guess.
# Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess
warn-repeated-part = Repeats such as “abcabcabc” are only a little harder to guess than “abc”.
# Warning::ThisIsATop10Password
warn-top-10 = This is one of the ten most common passwords.
# Warning::ThisIsATop100Password
warn-top-100 = This is one of the most common passwords.
# Warning::ThisIsACommonPassword
warn-common = Many people use this password.
# Warning::ThisIsSimilarToACommonlyUsedPassword
warn-like-common = This is much like a password that many people use.
# Warning::SequencesLikeAbcAreEasyToGuess
warn-sequence = Sequences such as “abc” or “6543” are easy to guess.
# Warning::RecentYearsAreEasyToGuess
warn-year = Recent years are easy to guess.
# Warning::AWordByItselfIsEasyToGuess
warn-one-word = A single word is easy to guess.
# Warning::DatesAreOftenEasyToGuess
warn-date = Dates are often easy to guess.
# Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
warn-one-name = A single name is easy to guess.
# Warning::CommonNamesAndSurnamesAreEasyToGuess
warn-common-name = Common names are easy to guess.

# zxcvbn, Suggestion::UseAFewWordsAvoidCommonPhrases; the key is "advice-" and a short name of the variant
advice-few-words = Use a few words that don't belong together, not a common phrase.
# Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters
advice-no-symbols = You don't need symbols, digits or capital letters.
# Suggestion::AddAnotherWordOrTwo
advice-more-words = Add another word or two. Uncommon words are better.
# Suggestion::CapitalizationDoesntHelpVeryMuch
advice-capital = A capital letter doesn't help much.
# Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase
advice-all-capitals = All capital letters are almost as easy to guess as all small ones.
# Suggestion::ReversedWordsArentMuchHarderToGuess
advice-reversed = Words spelled backwards aren't much harder to guess.
# Suggestion::PredictableSubstitutionsDontHelpVeryMuch
advice-look-alikes = Signs in place of letters, such as “@” for “a”, don't help much.
# Suggestion::UseALongerKeyboardPatternWithMoreTurns
advice-longer-pattern = Use a longer pattern on the keyboard, with more turns.
# Suggestion::AvoidRepeatedWordsAndCharacters
advice-no-repeats = Don't repeat words or letters.
# Suggestion::AvoidSequences
advice-no-sequences = Don't use sequences.
# Suggestion::AvoidRecentYears
advice-no-years = Don't use recent years.
# Suggestion::AvoidYearsThatAreAssociatedWithYou
advice-no-own-years = Don't use years that have to do with you.
# Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou
advice-no-own-dates = Don't use dates or years that have to do with you.


## Too many

# services/passwords/limits.rs, LOG_IN: the key is "limit-" and the code; $count, $unit: how long to wait
limit-log-in = Too many logins from your internet connection. Wait { duration }, then try again.
# services/passwords/limits.rs, WRONG_PASSWORD
limit-wrong-password = Too many wrong passwords from your internet connection. Wait { duration }, then try again.
# services/passwords/limits.rs, REAUTHENTICATE
limit-reauthenticate = Too many wrong passwords. Wait { duration }, then try again.
# services/passwords/limits.rs, PAUSED: for one account
limit-paused = Too many wrong passwords for this account. Wait { duration }, then try again.
# services/second_factor/limits.rs, PAUSED: codes of an authenticator app, for one account
limit-codes-paused = Too many wrong codes for this account. Wait { duration }, then try again.
# services/second_factor/limits.rs, RECOVERY_CODE
limit-recovery-code = Too many wrong recovery codes from your internet connection. Wait { duration }, then try again.
# services/passwords/limits.rs, JUDGE_PASSWORD
limit-judge-password = You have tried many new passwords. Wait { duration }, then try again.
# services/outbox/limits.rs, ASK_FOR_MAIL
limit-ask-for-mail = Too many emails were requested from your internet connection. Wait { duration }, then try again.
# services/outbox/limits.rs, MAIL_BY_ADMINISTRATOR: administrators read it, next to a form that would send another
limit-mail-by-administrator = Administrators have sent many emails to this address within the last hour. Wait { duration }, then try again.
# features/signup/register.rs, SIGN_UP
limit-sign-up = Too many sign-ups from your internet connection. Wait { duration }, then try again.
# features/account_changes.rs, RENAME
limit-rename = You have changed your name many times within the last hour. Wait { duration }, then try again.
# features/export.rs, EXPORT
limit-export = You have downloaded several copies of your data within the last hour. Wait { duration }, then try again.
# features/export.rs, UNDERWAY
limit-export-underway = A copy of your data is already being made. Wait { duration }, then try again.
# features/email_links/change.rs
limit-email-changed = Your email address was changed too often. Wait { duration }, then try again.
# services/outbox/queue.rs, NO_ROOM: not the visitor's fault; the whole message
limit-no-room = We can't send emails right now. Please try again in a few minutes.


## Error pages

# layout/catchers.rs: a form from another site (403)
error-403 = We couldn't accept that form
# layout/catchers.rs
error-403-advice = Open the page on this site and try again.
# people/groups/guard.rs: a page that only members of a group may open (403)
not-a-member = This page is not open to you
# people/groups/guard.rs
not-a-member-advice = { $contact ->
    [none] Only some people can open it. If you should be one of them, ask the people who run this site.
   *[other] Only some people can open it. If you should be one of them, ask { $contact }.
}
# people/groups/guard.rs: a page of administrators, in a session that a remembered device opened (403)
admin-remembered = Log in again to open this page
# people/groups/guard.rs
admin-remembered-advice = You are logged in because this device is remembered. For this page, log out first, then log in again.
# error.html: button, which leads to the login page
admin-remembered-button = Log out and log in again
# layout/catchers.rs
error-404 = This page does not exist
# layout/catchers.rs
error-404-advice = Check the address, or start from the home page.
# layout/catchers.rs: a wrong method
error-405 = That page can't be opened like this
# layout/catchers.rs
error-405-advice = Start from the home page, or go back and try again.
# layout/catchers.rs
error-408 = Your connection was too slow
# layout/catchers.rs
error-408-advice = Check your connection and send the form again.
# layout/catchers.rs: a form that was done in the meantime
error-409 = This was not done
# layout/catchers.rs
error-409-advice = Something has changed in the meantime. Open the page again, and look at it before you send the form.
# layout/catchers.rs
error-413 = That was too large
# layout/catchers.rs
error-413-advice = Go back, shorten what you typed and send the form again.
# layout/catchers.rs
error-415 = We couldn't read that form
# layout/catchers.rs
error-415-advice = Open the page on this site and send the form again.
# layout/catchers.rs: the site was opened under another address (421)
error-421 = This page has another address
# layout/catchers.rs: above the button error-421-button
error-421-advice = Please open it there.
# error.html: button; $url: the right address
error-421-button = Go to { $url }
# layout/catchers.rs
error-429 = Too many requests from your internet connection
# layout/catchers.rs, if the wait is not known
error-429-advice = Wait a moment, then try again.
# layout/catchers.rs, and every LimitedAction::WAIT; $count, $unit: how long
error-429-wait = Wait { duration }, then try again.
# layout/catchers.rs
error-503 = We're too busy right now
# layout/catchers.rs
error-503-advice = Please go back and try again in a few seconds.
# web/error.rs, OutboxFull
error-emails-wait = We can't send emails right now
# web/error.rs, OutboxFull
error-emails-wait-advice = Please try again in a few minutes.
# web/error.rs, Underway
error-underway = We're still working on this
# web/error.rs, Underway
error-underway-advice = The form was sent twice, and the first one isn't finished yet. Wait a few seconds, then check whether it was done before you send it again.
# services/outbox/guard.rs
error-no-email = This site doesn't send emails
# services/outbox/guard.rs
error-no-email-advice = { $contact ->
    [none] Ask the people who run this site for a link.
   *[other] Ask { $contact } for a link.
}
# layout/catchers.rs: any other error of the request
error-400 = Something in that request was wrong
# layout/catchers.rs
error-400-advice = Go back and try again.
# layout/catchers.rs
error-500 = Something went wrong on our side
# layout/catchers.rs
error-500-advice = { $contact ->
    [none] Please try again in a moment. If it keeps happening, send this code to the people who run this site.
   *[other] Please try again in a moment. If it keeps happening, send this code to { $contact }.
}
# error.html; $code: identifier of the request in the log
error-code = Error code: { $code }
# error.html: button
error-home = Go to the home page


## Emails: what they share

# mail/frame.html, mail/frame.txt: if the name may be told
email-hello-name = Hello { $name },
# mail/frame.html, mail/frame.txt
email-hello = Hello,
# services/outbox/compose.rs, all emails that report an event: first of three lines; $date, $time: in the site's time zone
email-when = When: { $date }, { $time }
# all emails that report an event: second line, left out if the connection had no address
email-where = Where: internet address { $ip }
# all emails that report an event: third line
email-browser = Browser: { browser }
# instead of the second and third line, if it was done on the command line
email-by-operator = Done by: the people who run this site
# the same, if it was done by an administrator
email-by-administrator = Done by: an administrator of this site
# all emails with a link; $count, $unit: its life
email-life = Please use the link { duration-within }. It works only once.
# mail/macros.html: below the button of an HTML email, above the link as text
email-link-text = If the button doesn't work, copy this address into your browser:
# most emails
email-was-you = If it was you, you don't need to do anything.
# button
email-new-password-button = Choose a new password
# mail/frame.html, mail/frame.txt; $url: address of the site
email-sent-by = This email was sent by { $site }, { $url }.
# mail/frame.html, mail/frame.txt: last line
email-no-reply = { $contact ->
    [none] Please don't reply; no one reads this mailbox.
   *[other] Questions? Write to { $contact }.
}


## Email: confirm

# mail/confirm
email-confirm-subject = Confirm your email address for { $site }
# mail/confirm
email-confirm-lead = Someone (we hope it was you) signed up at { $site } with this address. To confirm that it's yours, open this link and enter the password you chose:
# mail/confirm
email-confirm-button = Confirm this address
# mail/confirm
email-confirm-not-you = If it wasn't you, ignore this email; the link does nothing without the password.


## Email: reset

# mail/reset
email-reset-subject = Choose a new password for { $site }
# mail/reset; $actor: who asked
email-reset-lead = { $actor ->
    [command_line] The people who run { $site } sent you this link to choose a new password for your account { $address }:
   *[owner] Someone asked to reset the password of your account { $address }. To choose a new one, open this link:
}
# mail/reset
email-reset-newest = If you asked more than once, each of the links works until you have used one of them.
# mail/reset
email-reset-not-you = If it wasn't you, ignore this email; your password stays the same.


## Email: taken

# mail/taken
email-taken-subject = You already have an account at { $site }
# mail/taken
email-taken-lead = Someone (perhaps you) wanted to use this address for an account. There already is one, so nothing has changed.
# mail/taken: above the link
email-taken-forgot = If it was you and you don't know your password, choose a new one here:
# mail/taken
email-taken-not-you = If it wasn't you, you don't need to do anything.


## Email: change

# mail/change
email-change-subject = Confirm your new email address for { $site }
# mail/change
email-change-lead = Someone (we hope it's you) wants to use this address for their account at { $site }. To confirm it, open this link and enter the password of that account:
# mail/change
email-change-button = Use this address
# mail/change
email-change-not-you = If it wasn't you, ignore this email; the link does nothing without the password.


## Email: changed

# mail/changed; secure-moved-revertible names it
email-changed-subject = Your email address at { $site } was changed
# mail/changed; $address: the new one
email-changed-lead = The email address of your account is now { $address }. We'll write to you there.
# mail/changed: above the link
email-changed-undo = Wasn't you? Undo it here. Your account gets this address back, every device is logged out, and you choose a new password:
# mail/changed
email-changed-button = Undo the change
# mail/changed; $count, $unit: since the change
email-changed-life = Please use the link { duration-within } of the change. It works only once.


## Email: moved

# mail/moved
email-moved-subject = Your account at { $site } has another email address
# mail/moved; $address: the old one
email-moved-lead = Your account { $address } now has another email address. It was changed with a link from the people who run this site.
# mail/moved
email-moved-not-you = { $contact ->
    [none] If you didn't ask for this, tell the people who run this site.
   *[other] If you didn't ask for this, tell { $contact }.
}


## Email: password

# mail/password
email-password-subject = Your password at { $site } was changed
# mail/password
email-password-lead = { $actor ->
    [command_line] The password of your account { $address } was changed. Every device was logged out.
   *[owner] The password of your account { $address } was changed. Every other device was logged out.
}
# mail/password: above the link
email-password-not-you = Wasn't you? Choose a new password at once:


## Email: name

# mail/name: no longer sent, except what waits from an earlier version
email-name-subject = Your name at { $site } was changed
# mail/name
email-name-lead = The name of your account { $address } was changed.
# mail/name: above the link
email-name-not-you = Wasn't you? Then someone else may be in your account. Choose a new password; that logs out every device:


## Email: device

# mail/device
email-device-subject = New login to { $site }
# mail/device
email-device-lead = Someone logged in to your account { $address } from a browser we haven't seen before, or not since your password was changed.
# mail/device: above the link
email-device-not-you = Wasn't you? This logs out every device and lets you choose a new password:
# mail/device, mail/several
email-device-button = Log out everywhere


## Email: guesses

# mail/guesses
email-guesses-subject = Failed logins to { $site }
# mail/guesses; the three lines below are about the last one
email-guesses-lead = Several wrong passwords in a row were entered for your account { $address }. Each further attempt has to wait longer.
# mail/guesses: above the link
email-guesses-forgot = If it was you and you don't know your password, choose a new one here:
# mail/guesses
email-guesses-not-you = If it wasn't you: as long as your password is hard to guess and you don't use it anywhere else, you don't need to do anything.


## Email: several

# mail/several
email-several-subject = Several things happened in your account at { $site }
# mail/several
email-several-lead = Here is what happened in your account { $address }. There was a lot of it, so we put it into one email.
# services/outbox/email_kind.rs, item of mail/several
email-several-device = Someone logged in from a browser we hadn't seen before, or not since the password was changed.
# services/outbox/email_kind.rs; $actor: who changed it
email-several-password = { $actor ->
    [command_line] The password was changed, and every device was logged out.
   *[owner] The password was changed, and every other device was logged out.
}
# services/outbox/email_kind.rs
email-several-name = The name was changed.
# services/outbox/email_kind.rs
email-several-guesses = Several wrong passwords in a row were entered.
# services/outbox/compose.rs: an item that this version does not know
email-several-unknown = Something else happened.
# mail/several, second line of an item; $times: how often; $date, $time: the last time
email-several-when = { $times ->
    [one] When: { $date }, { $time }
   *[other] When: { $times } times, the last on { $date }, { $time }
}
# mail/several, third line of an item that stands for many places; else email-where and email-browser, or email-by-operator
email-several-elsewhere = Where: other browsers or internet addresses
# mail/several: above the link
email-several-not-you = Don't recognise some of it? This logs out every device and lets you choose a new password:
# mail/several, if the account has another address now: there is no link
email-several-moved = Your account now has another email address. If it wasn't you who changed it, undo that with the link in the email we sent you about it.


## Email: close

# mail/close
email-close-subject = Delete your account at { $site }
# mail/close
email-close-lead = Someone (we hope it's you) wants to delete your account { $address }, with its name, address, devices and activity. To delete it, open this link and press the button there:
# mail/close
email-close-button = Delete the account
# mail/close
email-close-until = Nothing will be deleted until then. Afterwards, this can't be undone.
# mail/close: above the link for a new password
email-close-not-you = Wasn't you? Don't use the link. The person who asked knows your password, so choose a new one:
# mail/close, to an address that was changed since: there is no link for a new password
email-close-not-you-moved = Wasn't you? Don't use the link. Your account now has another email address: undo that with the link in the email we sent you about it, and choose a new password.


## Email: invitation

# mail/invitation
email-invitation-subject = You are invited to { $site }
# mail/invitation: above the link, then email-life
email-invitation-lead = The people who run { $site } invite you to join. To accept, open this link:
# mail/invitation
email-invitation-button = Accept the invitation
# mail/invitation
email-invitation-account = If you already have an account there, log in first. Then open the link.
# mail/invitation
email-invitation-not-you = If you didn't expect this email, ignore it. Nothing happens unless you use the link.


## Emails: administration

# mail/account-made
email-account-made-subject = An account for you at { $site }
# mail/account-made
email-account-made-lead = The people who run { $site } created an account for you: { $address }. To choose your password, open this link:
# mail/account-made: button
email-account-made-button = Choose a password
# mail/account-made; $url: the page that sends another link
email-account-made-later = If the link no longer works, get another one here: { $url }
# mail/account-made
email-account-made-not-you = If you don't know this site, ignore this email: without the link, no one can use the account.
# mail/link-made
email-link-made-subject = A link was made for your account at { $site }
# mail/link-made
email-link-made-lead = An administrator made a link with which the password or the address of your account { $address } can be changed. They will hand it to you.
# mail/link-made
email-link-made-not-you = { $contact ->
    [none] If you didn't ask for this, tell the people who run this site.
   *[other] If you didn't ask for this, tell { $contact }.
}
# services/outbox/email_kind.rs
email-several-link-made = An administrator made a link with which the password or the address can be changed.
# mail/deleted
email-deleted-subject = Your account at { $site } was deleted
# mail/deleted
email-deleted-lead = An administrator deleted your account { $address }, with everything that belonged to it.
# mail/deleted
email-deleted-not-you = { $contact ->
    [none] If you didn't expect this, ask the people who run this site.
   *[other] If you didn't expect this, ask { $contact }.
}


## Email: test

# mail/test
email-test-subject = A test email from { $site }
# mail/test; $url: address of the site
email-test-lead = This is a test. Emails from { $site } ({ $url }) reach you.


## Second factors

# settings.html: tab, and title of security.html
settings-security = Security
# security.html: heading
security-two-factor = Two-factor authentication
# security.html: state of two-factor authentication
security-on = On
# security.html: state of two-factor authentication
security-off = Off
# security.html; $date: a day
security-since = On since { $date }.
# security.html, if it is off
security-off-hint = When it is on, your password alone is not enough to log in: it also takes an app or a passkey on a device of yours.
# security.html, if it is off and the account has no factor
security-factor-first = Set up an authenticator app or add a passkey first.
# security.html, with second_factor = "required"
security-required = This site requires two-factor authentication.
# security.html: below the sentence that the site requires it, where it is off and there is a passkey
security-asks-passkey = So this site asks for your passkey after your password.
# security.html: button
security-turn-on = Turn on
# security.html: button
security-turn-off = Turn off
# security.html: heading
security-app = Authenticator app
# security.html; $date: a day
security-app-added = Added on { $date }.
# security.html
security-app-used = Last used: { $when }
# security.html, after very many wrong codes
security-app-stopped = It was stopped after too many wrong codes. Set it up again.
# security.html, if the site has another key than when the app was set up
security-app-unreadable = This site can no longer check its codes. Set it up again.
# security.html
security-app-again-hint = You have a new phone? Set it up again. The old app works until the new one does.
# security.html, without an app
security-app-none = An app on your phone shows a code that you type when you log in.
# security.html: button, without an app
security-app-new = Set up an app
# security.html: button
security-app-again = Set up again
# security.html: button
security-app-remove = Remove
# security.html, security_passkeys.html: below a factor that can be removed
security-last-factor = This is your only second factor. If you remove it, two-factor authentication is off, and your password alone is enough.
# security.html, codes.html; $most: how many a set has
security-codes-left = { $count ->
    [one] 1 of { $most } recovery codes is left.
   *[other] { $count } of { $most } recovery codes are left.
}
# security.html, codes.html
security-codes-none = You have no recovery codes.
# security.html, if very few are left
security-codes-few = Please make new codes.
# security.html, codes.html
security-codes-hint = A recovery code helps you in if you lose your app or passkey.
# codes.html: link
security-back = Back to Security
# app.html: title and heading
app-setup-title = Set up an authenticator app
# app.html
app-setup-lead = Scan this picture with an authenticator app on your phone.
# app.html: what the picture is, for screen readers
app-setup-qr = QR code for the app
# app.html, before the secret
app-setup-secret = Or type this key into the app:
# app.html: link that opens an app
app-setup-open = Open in an app on this device
# app.html: label
app-setup-code = Code from the app
# app.html, below the field; $time: a time of day
app-setup-clock = The app shows a new code every 30 seconds. By the clock of this site it is { $time }.
# app.html: button
app-setup-button = Continue
# app.html, what is wrong with the code
app-setup-no-code = Type the six digits that the app shows.
# app.html, what is wrong with the code
app-setup-wrong = This code is not right. Type the newest code that the app shows.
# app.html, what is wrong with the code
app-setup-clock-fast = This code is not right yet: the clock of your device is about { duration } fast. Set it right, then type the newest code.
# app.html, what is wrong with the code
app-setup-clock-slow = This code is no longer right: the clock of your device is about { duration } slow. Set it right, then type the newest code.
# codes.html: title and heading; security.html: heading
codes-title = Recovery codes
# codes.html: button; security.html: link
codes-new = Make new codes
# codes.html
codes-lead = Print these codes, write them down or save them. Keep them where you find them without your phone.
# codes.html, and the last line of the file
codes-once = Each code works once, in place of your app or passkey.
# codes.html: button
codes-download = Download as a file
# codes.html, if there is a set already
codes-replace = Once you have new codes, the old ones will no longer work.
# codes.html, if two-factor authentication waits for the codes
codes-turn-on = With this, two-factor authentication will be on, and you'll be logged out everywhere else.
# codes.html: button
codes-keep = I have kept these codes
# codes.html, if the form was of a page with other codes
codes-others = These are not the codes that you saw before. Please keep these.
# features/security/codes.rs: first line of the file; $date: a day
codes-file-heading = Recovery codes of { $address } for { $site }, made on { $date }
# features/security/page.rs: two-factor authentication cannot be turned off
form-two-factor-required = This site requires two-factor authentication. It can't be turned off.
# services/second_factor/limits.rs, CHANGE
limit-change-factors = You have changed your second factors many times within the last hour. Wait { duration }, then try again.
# services/second_factor/limits.rs, KEEP_CODES
limit-keep-codes = You have made many recovery codes within the last hour. Wait { duration }, then try again.
# web/notice.rs
notice-two-factor-on = Two-factor authentication is on. You have been logged out everywhere else.
# web/notice.rs
notice-two-factor-off = Two-factor authentication is off.
# web/notice.rs
notice-add-factor-first = Set up an authenticator app or add a passkey first. Then you can turn on two-factor authentication.
# web/notice.rs
notice-set-up-too-late = That took too long, so nothing was changed. Please begin again.
# web/notice.rs
notice-app-added = Your authenticator app has been set up.
# web/notice.rs
notice-app-replaced = Your new authenticator app has been set up. The old one no longer works.
# web/notice.rs
notice-app-removed = Your authenticator app has been removed.
# web/notice.rs
notice-codes-kept = You have new recovery codes. Only these work now.
# web/notice.rs
notice-last-factor-removed = You have removed your last second factor, so two-factor authentication is off.
# web/notice.rs, and an error on security.html
notice-factor-required = This site requires a second factor. Add another one first.
# security_passkeys.html: heading
passkeys-title = Passkeys
# security_passkeys.html
passkeys-lead = A passkey lets you log in with your fingerprint, your face or your screen lock, without your password. This site never sees your fingerprint or your face.
# security_passkeys.html: above the list
passkeys-rest = Your password was reset, so some passkeys rest: until you press “Use again”, they work only together with your password. Remove those that you don't recognise.
# security_passkeys.html: mark of a passkey that rests
passkeys-rests = Rests
# security_passkeys.html: mark of a passkey that does not log in by itself
passkeys-after-password = Only with your password
# security_passkeys.html; $domain: the domain of another site
passkeys-elsewhere = It was made for { $domain }, so it can't be used here.
# security_passkeys.html
passkeys-added = Added on { $date }.
# security_passkeys.html
passkeys-used = Last used: { $when }
# security_passkeys.html: opens the field for the name
passkeys-rename = Rename
# security_passkeys.html: label
passkeys-name = Name of this passkey
# security_passkeys.html: button
passkeys-save = Save name
# security_passkeys.html: button: a passkey that rests logs in by itself again
passkeys-wake = Use again
# security_passkeys.html: button
passkeys-remove = Remove
# security_passkeys.html: instead of the button that adds one
passkeys-not-here = Passkeys can't be used at the address of this site.
# security_passkeys.html: button
passkeys-add = Add a passkey
# security_passkeys.html: opens a hint and a button
passkeys-plain = Your security key doesn't work?
# security_passkeys.html
passkeys-plain-hint = A security key without a PIN can be used only together with your password.
# security_passkeys.html: button
passkeys-plain-add = Add a security key
# security_passkeys.html: without JavaScript
passkeys-no-script = Passkeys need JavaScript.
# features/security/passkeys.rs: name of a new passkey until its owner gives it another
passkeys-default-name = Passkey ({ browser })
# features/security/passkeys.rs
passkeys-name-empty = Enter a name for this passkey.
# web/notice.rs
notice-passkey-added = Your passkey has been added.
# web/notice.rs: the browser made one by itself after a login
notice-passkey-saved = A passkey was saved in your password manager.
# web/notice.rs
notice-passkey-not-added = Your passkey could not be added. Please try again.
# web/notice.rs, security_passkeys.html
notice-too-many-passkeys = You have as many passkeys as an account can have. Remove one before you add another.
# web/notice.rs
notice-passkey-renamed = Your passkey has a new name.
# web/notice.rs
notice-passkey-removed = Your passkey has been removed.
# web/notice.rs
notice-passkey-woken = Your passkey logs you in without your password again.
# second.html: title and heading
second-title = One more step
# second.html; $address: the address of the account
second-lead = Confirm that it is you: you are logging in as { $address }.
# second.html: button
second-passkey-button = Use a passkey
# second.html, without JavaScript and with a passkey
second-passkey-script = Your passkey needs JavaScript. You can use a recovery code.
# second.html: field
second-code = Code from your authenticator app
# second.html, recovery.html: button
second-button = Continue
# second.html: link to recovery.html
second-recovery = Use a recovery code
# second.html: button; gives this login up
second-cancel = Not you? Start again
# features/login/second_page.rs: field is empty
second-code-empty = Type the code from your app.
# features/login/second_page.rs: code is wrong
second-code-wrong = This code is not right. Type the newest code that your app shows for { $site }.
# features/login/second_page.rs: code is right, and was used before
second-code-used = This code has been used already. Wait for the next one.
# features/login/second_page.rs: the app was stopped after very many wrong codes
second-app-stopped = Your authenticator app was stopped after too many wrong codes. Use a passkey or a recovery code.
# second.html, reauthenticate.html: an error, or a hint above the ways that are left
second-app-unreadable = This site can no longer check the codes of your authenticator app. Use a passkey or a recovery code, and then set the app up again.
# the login page, after the wrong code that stopped the app
notice-app-stopped = Your authenticator app was stopped after too many wrong codes. Log in again with a passkey or a recovery code.
# features/login/second_page.rs, recovery_page.rs: the form was shown for another login than the one that waits now
second-other-login = You have begun another login in this browser. This page is now about that one.
# recovery.html: title and heading
recovery-title = Recovery code
# recovery.html; $address: the address of the account
recovery-lead = Type one of the recovery codes of { $address }. Each works once.
# recovery.html: field
recovery-code = Recovery code
# recovery.html: below the field
recovery-hint = Sixteen letters and digits. Dashes and spaces do not matter.
# recovery.html: link to second.html
recovery-back = Back
# features/login/recovery_page.rs: field is empty
recovery-code-empty = Type one of your recovery codes.
# features/login/recovery_page.rs: code is wrong
recovery-code-wrong = This is not one of your recovery codes, or it has been used already.
# the login page, after a login that was not finished in ten minutes
notice-log-in-too-late = This step is over. Please log in again.
# after a login with a recovery code; a link follows
notice-recovery-code-used = You have used a recovery code.
# the link after notice-recovery-code-used, to the page Security
notice-recovery-code-used-link = See how many are left
# the page of the recovery codes, after a login with one of the last
notice-few-codes-left = You have used a recovery code, and few are left. Please make new codes.
# the page Security, after a login with the operator's code
notice-operator-code-used = You have used a code that you got from the people who run this site. Please set up your app or a passkey again.
# web/notice.rs: a page was asked for in a session without a second factor
notice-second-factor-required = This site requires a second factor. Add one to go on, or log in again with the passkey that you have.
# static/passkey.js, passkeys.html: an error that the visitor did not cause
passkey-failed = This passkey did not work here. Try another way.
# static/passkey.js, passkeys.html
passkey-known = This device already has a passkey for this account.
# static/passkey.js, passkeys.html: instead of a button, at another address of the site than the one that has passkeys; $address: that one
passkey-elsewhere = Passkeys work at { $address }.
# mail/factor-added
email-factor-added-subject = New way to log in to your account at { $site }
# mail/factor-added
email-factor-added-lead = An authenticator app or a passkey was added to your account { $address }.
# services/outbox/email_kind.rs, item of mail/several
email-several-factor-added = An authenticator app or a passkey was added.
# mail/factor-removed
email-factor-removed-subject = A second factor was removed from your account at { $site }
# mail/factor-removed
email-factor-removed-lead = An authenticator app, a passkey or the recovery codes of your account { $address } were removed.
# services/outbox/email_kind.rs, item of mail/several
email-several-factor-removed = An authenticator app, a passkey or the recovery codes were removed.
# mail/two-factor-on
email-two-factor-on-subject = Two-factor authentication at { $site } is on
# mail/two-factor-on
email-two-factor-on-lead = Two-factor authentication of your account { $address } was turned on. From now on, logging in takes a second step after the password.
# services/outbox/email_kind.rs, item of mail/several
email-several-two-factor-on = Two-factor authentication was turned on.
# mail/two-factor-off
email-two-factor-off-subject = Two-factor authentication at { $site } is off
# mail/two-factor-off
email-two-factor-off-lead = Two-factor authentication of your account { $address } was turned off. From now on, the password is enough to log in.
# services/outbox/email_kind.rs, item of mail/several
email-several-two-factor-off = Two-factor authentication was turned off.
# mail/codes-kept
email-codes-kept-subject = New recovery codes for { $site }
# mail/codes-kept
email-codes-kept-lead = Your account { $address } has new recovery codes. The ones from before no longer work.
# services/outbox/email_kind.rs, item of mail/several
email-several-codes-kept = New recovery codes were made; the ones from before no longer work.
# mail/code-used
email-code-used-subject = A recovery code was used at { $site }
# mail/code-used
email-code-used-lead = Someone used a recovery code of your account { $address }. Each code works only once.
# services/outbox/email_kind.rs, item of mail/several
email-several-code-used = A recovery code was used.
# mail/app-stopped
email-app-stopped-subject = Your authenticator app no longer works at { $site }
# mail/app-stopped
email-app-stopped-lead = Very many wrong codes were entered for your account { $address }, so codes from your authenticator app no longer work. Log in with a recovery code or a passkey, then set the app up again. Those who entered the codes know your password.
# services/outbox/email_kind.rs, item of mail/several
email-several-app-stopped = Very many wrong codes were entered, so the authenticator app was stopped.
# mail/passkey-copied
email-passkey-copied-subject = A passkey of your account at { $site } may have been copied
# mail/passkey-copied
email-passkey-copied-lead = A passkey of your account { $address } was used that may exist more than once now. That is usual if you have just had it backed up. Otherwise, remove it.
# services/outbox/email_kind.rs, item of mail/several
email-several-passkey-copied = A passkey was used that may have been copied.
# mail/unfinished
email-unfinished-subject = Someone entered your password at { $site }
# mail/unfinished
email-unfinished-lead = Someone entered the right password of your account { $address } in a browser we don't know, and did not get past the second step. They know your password.
# services/outbox/email_kind.rs, item of mail/several
email-several-unfinished = Someone entered the right password in a browser we don't know, and did not get past the second step.
# reauthenticate.html, with two-factor authentication: title and heading
reauthenticate-title-factor = Confirm that it is you
# reauthenticate.html, the same; $address: the address of the account
reauthenticate-lead-factor = You are logged in as { $address }.
# reauthenticate.html: field
reauthenticate-code = Code from your authenticator app, or a recovery code
# features/login/reauthenticate_page.rs: the form was shown before
reauthenticate-switched = Two-factor authentication has been turned on or off in the meantime. This page now asks for something else.
# login.html: button
login-passkey = Log in with a passkey
# web/notice.rs: the login page, after a passkey that no account has, or that its owner removed
notice-passkey-unknown = This passkey is not known here. It may have been removed.
# web/notice.rs: the login page and the second step, after a passkey that was refused
notice-passkey-refused = This passkey could not be used. Try again or log in another way.
# the login page, after a passkey that rests since the password was reset
notice-passkey-rests = This passkey can't log you in alone since your password was reset. Log in with your password, then press “Use again” under Settings, Security.
# secure.html, above the list of changes
secure-undoes = It also undoes these changes:
# secure.html: a change that is undone; $act: "added", "removed" or "replaced"
secure-app = { $act ->
    [added] An authenticator app was added.
    [removed] The authenticator app was removed.
   *[other] The authenticator app was replaced by another one.
}
# secure.html: a change that is undone; $passkey: its name; $act: "added" or "removed"
secure-passkey = { $act ->
    [added] The passkey { $passkey } was added.
   *[other] The passkey { $passkey } was removed.
}
# secure.html: a change that is undone; $act: "added", "removed" or "replaced"
secure-codes = { $act ->
    [added] Recovery codes were made.
    [removed] The recovery codes were removed.
   *[other] The recovery codes were replaced by new ones.
}
# secure.html: a change that is undone; $act: "added" (turned on) or "removed" (turned off)
secure-two-factor = { $act ->
    [added] Two-factor authentication was turned on.
   *[other] Two-factor authentication was turned off.
}


## Administration

# base.html, for members of the group admins
nav-admin = Admin
# admin.html: heading of the pages of administrators, and name of their navigation
admin-title = Administration
# admin.html
admin-nav-accounts = Accounts
# admin.html
admin-nav-invitations = Invitations
# admin.html
admin-nav-groups = Groups
# admin.html
admin-nav-apps = Apps
# admin.html
admin-nav-emails = Emails
# admin.html
admin-nav-activity = Activity
# admin.html
admin-nav-system = System
# admin_accounts.html: title and heading
admin-accounts-title = Accounts
# admin_accounts.html: label of the search
admin-search = Search
# admin_accounts.html: below the search
admin-search-hint = A whole email address, an ID, or a part of an address or name. All accounts are searched.
# admin_accounts.html: button
admin-search-button = Search accounts
# admin_accounts.html: another search by a part of a name goes on
admin-search-busy = Another search is still going on. Please try again in a moment.
# admin_accounts.html: the search ended before all accounts were read
admin-search-too-long = This takes too long. Type the whole address, or search on in older accounts.
# admin_accounts.html: link, in a search
admin-search-on = Search on
# admin_accounts.html: label of the list of lists
admin-show = Filter
# admin_accounts.html: which accounts
admin-show-all = All accounts
# admin_accounts.html: which accounts
admin-show-unconfirmed = Address not confirmed
# admin_accounts.html: which accounts
admin-show-disabled = Disabled
# admin_accounts.html: which accounts
admin-show-unused = Never logged in
# admin_accounts.html: name of the groups in the list
admin-show-groups = In a group
# admin_accounts.html: button
admin-show-button = Show them
# admin_accounts.html; $number: the same number as it is read, "1 000 000"
admin-accounts-count = { $count ->
    [one] 1 account
   *[other] { $number } accounts
}
# admin_accounts.html; $number: a number as it is read, "10 000"
admin-accounts-many = More than { $number } accounts
# admin_accounts.html: the order of the list
admin-accounts-order = newest first
# admin_accounts.html: link after admin-accounts-many
admin-count-all = Count them all
# admin_accounts.html: a list or a search without accounts
admin-accounts-none = There are no such accounts.
# admin_accounts.html: link
admin-newer = Newer
# admin_accounts.html: link
admin-oldest = Oldest
# admin_accounts.html: link to the page of an account
admin-open = Open
# admin_accounts.html, admin_account.html: mark of an account
admin-mark-disabled = Disabled
# admin_accounts.html: mark of an account
admin-mark-unconfirmed = Not confirmed
# admin_accounts.html, admin_app.html, admin_apps.html; $groups: names with commas between them
admin-groups = Groups: { $groups }
# admin_accounts.html, admin_account.html
admin-made = Created on { $date }
# admin_accounts.html, admin_account.html
admin-logged-in = Last login: { $when }
# admin_accounts.html, admin_account.html
admin-never-logged-in = Never logged in
# admin_account.html: title
admin-account-title = Account of { $name }
# admin_account.html, followed by the link nav-settings
admin-own-account = This is your own account. Change it in the settings.
# admin_account.html: heading
admin-login = Can this person log in?
# admin_account.html: nothing keeps the owner from logging in
admin-login-password = Yes, with the right password.
# admin_account.html, after admin-login-password, where no network of the owner is known; a command follows
admin-login-network = Unless their network has to wait after wrong passwords of others:
# admin_account.html: nothing keeps the owner from logging in
admin-login-factor = Yes, with the right password and a second step.
# admin_account.html: a passkey logs the owner in by itself
admin-login-passkey = Yes, with a passkey.
# admin_account.html, after admin-login-passkey: what the password has to wait for follows
admin-login-waits = With the password, there is a wait.
# admin_account.html: codes of apps depend on the time
admin-clock = The clock of this site says { $when }. Codes of an authenticator app are only right if the phone shows the same time.
# services/administration/hindrances.rs: why the owner cannot log in; $date, $time: since when
admin-why-disabled = The account has been disabled since { $date }, { $time }.
# hindrances.rs
admin-why-unconfirmed = The email address is not confirmed.
# hindrances.rs
admin-why-no-password = There is no password.
# account_view.rs: an administrator made the account, and no one has used it
admin-why-unused = The owner has not used the link yet.
# hindrances.rs; $date, $time: until when
admin-why-paused = After wrong passwords, new browsers must wait until { $date }, { $time }.
# hindrances.rs; $date, $time: until when
admin-why-codes-paused = After wrong codes, new browsers must wait until { $date }, { $time }.
# hindrances.rs: two-factor authentication is on
admin-why-no-factor = There is no second factor that works, and no recovery code.
# hindrances.rs; $ip: where the owner is logged in, or a login failed; $date, $time: until when
admin-why-network = Too many wrong passwords came from the network of { $ip }: from there, everyone must wait until { $date }, { $time }.
# admin_account.html: heading
admin-facts = About this account
# admin_account.html
admin-confirmed = Email address confirmed on { $date }
# admin_account.html
admin-not-confirmed = Email address not confirmed
# admin_account.html
admin-disabled = Disabled since { $date }
# admin_account.html; $language: its name in itself
admin-language = Language: { $language }
# admin_account.html
admin-pending = { $by ->
    [administrator] An administrator made a link that changes the address to { $address }.
    [command_line] A link that changes the address to { $address } was made on the command line.
   *[owner] The owner asked to change the address to { $address }.
}
# admin_account.html: before the ID of the account
admin-id = ID of this account:
# admin_account.html: before the handle of the account; admin_invitations.html, admin_invitation.html: the same of an invitation
admin-handle = User name in apps:
# admin_account.html
admin-handle-change = Change the user name in apps
# admin_account.html
admin-handle-hint = Apps know this person by it and keep what is theirs under it. Once someone has had a user name, no other account gets it. For none, leave the field empty.
# admin_account.html: label of a field
admin-handle-field = User name
# admin_account.html: an example in a field
admin-handle-example = ada
# admin_account.html
admin-handle-button = Save the user name
# features/administration: new_handle.rs, new_invitation.rs
admin-handle-taken = Another account has this user name.
# features/administration: new_handle.rs, new_invitation.rs
admin-handle-used = Another account once had this user name. Apps may keep things under it, so no one else gets it.
# admin_account.html: heading of the groups; $count may be 0
admin-memberships = { $count ->
    [0] In no group
    [one] In 1 group
   *[other] In { $count } groups
}
# admin_account.html: opens a long list of groups
admin-memberships-show = Show these groups
# admin_account.html: label of a list of groups
admin-membership-join = Add to a group
# admin_account.html: the first entry of that list
admin-membership-choice = Choose a group
# admin_account.html: button next to it
admin-membership-button = Add to the group
# features/administration/memberships.rs: error of that form
admin-membership-none = Choose a group first.
# admin_account.html, memberships.rs: in the place of that form
admin-membership-unconfirmed = The address is not confirmed: anyone may have signed up with it. If you know that it was the right person, confirm it first. Then you can add the account to a group.
# admin_account.html
admin-factor-app = Authenticator app, added on { $date }
# admin_account.html
admin-factor-app-used = Last used on { $date }
# admin_account.html
admin-factor-app-stopped = The app was stopped after too many wrong codes. Its owner has to set it up again.
# admin_account.html
admin-factor-app-unreadable = This site can no longer check the codes of the app. Its owner has to set it up again.
# admin_account.html
admin-factor-passkeys = { $count ->
    [one] 1 passkey
   *[other] { $count } passkeys
}
# admin_account.html
admin-factor-codes = { $count ->
    [one] 1 recovery code left
   *[other] { $count } recovery codes left
}
# admin_account.html: button
admin-factors-remove = Remove all second factors
# admin_account.html: above that button
admin-factors-hint = If you remove them, the app, all passkeys and the recovery codes are gone, and every device is logged out. Make sure that you are talking to the right person.
# admin_account.html: heading; $count may be 0
admin-devices = { $count ->
    [0] Logged in nowhere
    [one] Logged in on 1 device
   *[other] Logged in on { $count } devices
}
# admin_account.html: button
admin-logout = Log out everywhere
# admin_account.html: heading
admin-emails = Emails that wait
# admin_account.html: heading of the buttons
admin-acts = What you can do
# admin_account.html: button
admin-link = Make a reset link
# admin_account.html
admin-link-hint = A link to choose a new password. You see it once and hand it over yourself.
# admin_account.html: after the hint of a button, only where that email is sent
admin-told = The owner of the account is told by email.
# admin_account.html: below the hints of the reset link and of confirming; $address: not confirmed yet
admin-confirms-too = It also confirms { $address }: those who read its email can then take the account, with its groups.
# admin_account.html, after admin-confirms-too; $password: whether there is one, which changing the address asks for
admin-mistyped = { $password ->
    [no] If it is mistyped, delete the account and create it again.
   *[yes] If it is mistyped, change the address instead.
}
# admin_account.html: above the link
admin-link-lead = Only { $name } should see this. It is shown once.
# admin_account.html: what the image is, for screen readers
admin-link-qr = The same link as a QR code
# admin_account.html: below the link
admin-link-ends = It works once, until { $when }.
# admin_account.html: button
admin-confirm = Confirm the address
# admin_account.html
admin-confirm-hint = Only if you know that this person signed up: anyone may have typed their address.
# admin_account.html: button
admin-unlock = End the wait
# admin_account.html
admin-unlock-hint = If you end the wait, the wrong passwords and codes for this account no longer count.
# admin_account.html: button
admin-disable = Disable the account
# admin_account.html
admin-disable-hint = No one can log in to it any more, and every device is logged out at once. You can enable it again.
# admin_account.html: button
admin-enable = Enable the account
# admin_account.html
admin-enable-hint = Its owner can log in again.
# admin_account.html: opens a form
admin-address = Change the email address
# admin_account.html
admin-address-hint = This makes a link that you hand over. Its owner opens it and enters the password; only then the address changes.
# admin_account.html: button
admin-address-button = Make the link
# features/administration/routes.rs: error of a form
admin-account-same-email = That is already the address of this account.
# administration/routes.rs: another address for an account without a password
admin-account-needs-password = There is no password, and the link would ask for it. Make a reset link first.
# admin_account.html: opens a form
admin-delete = Delete the account
# admin_account.html
admin-delete-hint = The account and everything that belongs to it will be deleted. This can't be undone. To be sure that it is the right one, enter its address: { $address }
# admin_account.html: button
admin-delete-button = Delete this account
# admin_account.html: above the activity
admin-activity-lead = In the words that the owner of the account reads.
# admin_account.html; $before, $after: an address or a number
admin-activity-change = { $before } → { $after }
# admin_account.html: link
admin-back = Back to the accounts
# admin_new_account.html: title and heading, and link to the page
admin-new-title = New account
# admin_new_account.html, without email
admin-new-lead = The account has no password yet. The next page shows a link to choose one, which you hand over.
# admin_new_account.html, with email
admin-new-lead-mail = The account has no password yet. We email its owner a link to choose one, and the next page shows you such a link too.
# admin_new_account.html: label
admin-new-groups = Groups (optional)
# admin_new_account.html; $groups: titles, each with the name in brackets
admin-new-groups-hint = Names or titles of groups, with commas between them. There are: { $groups }
# admin_new_account.html: the same before the first group
admin-new-groups-none = Names or titles of groups, with commas between them.
# features/administration/new_account.rs: error of a form; $group: as it was entered
admin-new-no-group = There is no group { $group }.
# features/administration/group_words.rs: error of a form; $title: as it was entered
admin-new-several-groups = Several groups are called { $title }. Enter the name of the one you mean.
# features/administration: error of a form
admin-new-taken = That address belongs to another account.
# admin_new_account.html: button
admin-new-button = Create the account


## Administration: invitations, groups, emails, activity, system

# admin_paging.html: link to the first page of a list by name
admin-paging-first = First
# admin_paging.html: link to the page before
admin-paging-back = Back
# admin_paging.html: link to the next page
admin-paging-on = More
# admin_invitations.html: title and heading
admin-invitations-title = Invitations
# admin_invitations.html
admin-invitations-lead = Those who have the link of an invitation can create an account with it, or join groups with the one they have.
# admin_invitations.html; $count may be 0
admin-invitations-open = { $count ->
    [one] 1 open invitation
   *[other] { $count } open invitations
}
# admin_invitations.html: a list without any
admin-invitations-none = There are no invitations.
# features/administration/new_invitation.rs: error of a form; $count: the most
admin-invitations-too-many = { $count } invitations are open, and that is the most. Take some back first.
# admin_new_invitation.html: title and heading, and link to the page
admin-new-invitation-title = New invitation
# admin_new_invitation.html
admin-new-invitation-lead = The next page shows the link and its QR code, once.
# admin_new_invitation.html: button
admin-new-invitation-button = Create the invitation
# admin_invitation.html: title and heading; admin_invitations.html: one without a note
admin-invitation-title = Invitation
# admin_invitations.html, admin_invitation.html
admin-invitation-for = For { $address } alone
# admin_invitation.html
admin-invitation-for-anyone = For anyone who has the link
# admin_invitations.html, admin_invitation.html: how many accounts can still use it
admin-invitation-left = { $count ->
    [one] 1 use left
   *[other] { $count } uses left
}
# admin_invitations.html, admin_invitation.html
admin-invitation-ends = Until { $when }
# admin_invitations.html, admin_invitation.html
admin-invitation-used-up = Used up
# admin_invitations.html, admin_invitation.html: it leads into admins, and its maker is no administrator any more, or is disabled
admin-invitation-unbacked = No longer works: the administrator who created it has lost their rights.
# admin_invitations.html, admin_invitation.html: it ended, or was taken back
admin-invitation-over = Ended: { $when }
# admin_invitation.html: sometimes followed by the name of an administrator
admin-invitation-made = Created { $when }
# admin_invitation.html: heading above the accounts; $count may be 0
admin-invitation-used = { $count ->
    [0] Used by no one yet
    [one] Used by 1 account
   *[other] Used by { $count } accounts
}
# admin_invitation.html: above the link of an invitation for anyone
admin-invitation-link-lead = Give this link only to those you invite. It is shown once.
# admin_invitation.html: button
admin-invitation-revoke = Take it back
# admin_invitation.html: above that button
admin-invitation-revoke-hint = If you take it back, its link becomes invalid at once. Accounts that used it stay.
# admin_invitation.html: opens a form
admin-invitation-renew = New link
# admin_invitation.html
admin-invitation-renew-hint = It gets a new link and a new end. The old link no longer works. Everything else stays as it is.
# admin_invitation.html: button
admin-invitation-renew-button = Make a new link
# admin_new_invitation.html: label
admin-invitation-note = Note (optional)
# admin_new_invitation.html
admin-invitation-note-hint = What it is for. Only administrators read it, never the invited.
# features/administration/new_invitation.rs: error of a form
admin-invitation-note-wrong = Use up to 200 characters on one line.
# admin_new_invitation.html: label
admin-invitation-email = Email address (optional)
# admin_new_invitation.html
admin-invitation-email-hint = If you enter one, only this address can use it, and it counts as confirmed.
# admin_new_invitation.html, admin_invitation.html: checkbox
admin-invitation-mail = Also send the link to this address
# admin_new_invitation.html: label
admin-invitation-handle = User name in apps (optional)
# admin_new_invitation.html
admin-invitation-handle-hint = The person who uses the invitation is known to apps by it. Anyone who has a user name keeps that.
# features/administration/new_invitation.rs: error of a form
admin-invitation-handle-once = A user name is for one account. Enter 1, or leave the user name empty.
# features/administration/new_invitation.rs: error of a form
admin-invitation-handle-promised = Another invitation brings this user name. Choose another one, or take that invitation back.
# features/administration/one_invitation.rs: error of a form; $handle: the user name in apps that the invitation brings
admin-invitation-handle-gone = The user name { $handle } is no longer free. Create another invitation.
# features/administration/new_invitation.rs: error of a form
admin-invitation-mail-where = Enter the address that gets the email, or take the tick away below.
# admin_new_invitation.html: label
admin-invitation-uses = How many accounts can use it
# admin_new_invitation.html
admin-invitation-uses-hint = 1 to 10000
# features/administration/new_invitation.rs: error of a form
admin-invitation-uses-wrong = Enter a number from 1 to 10000.
# features/administration/new_invitation.rs: error of a form
admin-invitation-uses-once = An invitation for one address can be used once. Enter 1, or leave the address empty.
# admin_fields.html: label
admin-invitation-lasts = How long it works
# admin_invitation.html: link
admin-invitation-back = Back to the invitations
# layout/group_title.rs: the group of those who administer the site, wherever groups are listed
group-admins = Administrators
# admin_groups.html: title and heading
admin-groups-title = Groups
# admin_groups.html
admin-groups-lead = Pages and apps can be open to the members of a group alone.
# admin_groups.html: heading
admin-new-group = New group
# admin_groups.html: button
admin-new-group-button = Create the group
# admin_groups.html, admin_group.html: label
admin-group-name = Name of the group
# admin_groups.html, admin_group.html: in the empty field; small letters without accents
admin-group-name-example = choir
# admin_groups.html
admin-group-name-hint = Small letters, digits, dots, underscores and hyphens. It cannot be changed later.
# features/administration/groups.rs: error of a form
admin-group-name-wrong = Use 1 to 64 of a-z, 0-9, dots, underscores and hyphens, with a letter or a digit first.
# admin_groups.html: label
admin-group-title-field = What people call it (optional)
# admin_groups.html
admin-group-title-hint = Shown instead of the name, such as “The choir”.
# features/administration/groups.rs: error of a form
admin-group-title-wrong = Use up to 100 characters on one line.
# features/administration/groups.rs: error of a form
admin-group-taken = There is already a group with this name.
# admin_group.html: title of the page; $title: what people call the group
admin-group-title = Group: { $title }
# admin_group.html, of the group of administrators
admin-group-of-admins = Members of this group can do everything on these pages.
# admin_group.html: label
admin-group-join = Add an account
# admin_group.html
admin-group-join-hint = The email address of an account that exists.
# admin_group.html: button
admin-group-join-button = Add it
# admin_group.html: heading
admin-group-members = Members
# admin_group.html: heading above the apps that name the group
admin-group-apps = Apps that ask for this group
# admin_group.html: button
admin-group-leave = Remove from the group
# admin_group.html: opens a form
admin-group-delete = Delete the group
# admin_group.html; $name: the name of the group
admin-group-delete-hint = All its members leave it, and their accounts stay. This can't be undone. To be sure that it is the right one, enter its name: { $name }
# admin_group.html: before the group is deleted; $apps: titles of apps; $count: how many they are
admin-group-apps-close = { $count ->
    [one] The app { $apps } asks for this group: those who get in by it alone are out at once.
   *[other] The apps { $apps } ask for this group: those who get in by it alone are out at once.
}
# admin_group.html: before the group is deleted; $apps: titles of apps that name no other group; $count: how many they are
admin-group-apps-nobody = { $count ->
    [one] No one can open { $apps } then: it names no other group.
   *[other] No one can open { $apps } then: they name no other group.
}
# admin_group.html: button
admin-group-delete-button = Delete this group
# admin_group.html: link
admin-group-back = Back to the groups
# features/administration/one_group.rs: error of a form
admin-group-no-account = No account has this address. You can invite this person.
# features/administration/one_group.rs: error of a form
admin-group-unconfirmed = This address is not confirmed: anyone may have signed up with it. If you know that it was the right person, confirm it on the page of the account first.
# features/administration/one_group.rs: error of a form
admin-group-member = This account is already in the group.
# features/administration/one_group.rs: error of a form
admin-group-not-its-name = That is not the name of this group.
# admin_apps.html: title and heading
admin-apps-title = Apps
# admin_apps.html
admin-apps-lead = Apps of any kind that stand behind your proxy. For every request, it asks this site who is there and whether they may come in.
# admin_apps.html: a list without any
admin-apps-none = There are no apps yet.
# admin_new_app.html: title and heading, and link to the page
admin-new-app-title = New app
# admin_new_app.html
admin-new-app-lead = Say where the app is and who may open it. The next page shows the command that prints the lines for your proxy.
# admin_new_app.html: button
admin-new-app-button = Add the app
# admin_new_app.html: label
admin-app-name = Name of the app
# admin_new_app.html: in the empty field; small letters without accents
admin-app-name-example = wiki
# admin_new_app.html
admin-app-name-hint = Small letters, digits, dots, underscores and hyphens. Commands and files use this name. It cannot be changed later.
# features/administration/new_app.rs: error of a form
admin-app-taken = There is already an app with this name.
# admin_app_fields.html
admin-app-title-hint = Shown instead of the name, such as “Our wiki”.
# features/administration/app_form.rs: error of a form
admin-app-title-wrong = Use up to 60 characters on one line.
# admin_app_fields.html: label
admin-app-at = Addresses of the app (optional)
# admin_app_fields.html
admin-app-at-hint = One a line, such as https://wiki.example.org: without a path, and with a port only if people type one. Without any, no one can open it yet.
# features/administration/app_lines.rs: error of a form; $origin: as it was entered
admin-app-at-wrong = { $origin } cannot be the address of an app. Write one such as https://wiki.example.org, with letters, digits and hyphens between the dots, and without a path.
# admin_app_fields.html: label
admin-app-groups = Groups that may open it (optional)
# admin_app_fields.html; $groups: titles, each with the name in brackets
admin-app-groups-hint = Names or titles of groups, with commas between them. Without any, everyone with an account may open it. There are: { $groups }
# admin_app_fields.html: the same before the first group
admin-app-groups-none = Names or titles of groups, with commas between them. Without any, everyone with an account may open it.
# admin_app_fields.html: label
admin-app-paths = Parts with a rule of their own (optional)
# admin_app_fields.html; admins, open and preflight are typed like this in every language
admin-app-paths-hint = One a line: a path, then the groups that may open it and all below it, such as “/admin admins”. For everyone, without a login: “/public open”. With “preflight” at the end, browsers may ask there from other sites (CORS).
# features/administration/app_lines.rs: error of a form; $path: as it was entered
admin-app-path-wrong = { $path } cannot be used as a path here. Begin with a slash, and use a-z, A-Z, 0-9 and - . _ ~ @ between slashes. No part ends in a dot, so .. is none.
# features/administration: error of a form; open is typed like this in every language
admin-app-path-for-whom = Say who may open { $path }: names of groups, or “open” alone.
# features/administration/app_form.rs: error of a form
admin-app-path-twice = { $path } is there twice.
# admin_app_fields.html: label of a choice
admin-app-user = How the app knows a person
# admin_app_fields.html
admin-app-user-handle = User name or ID
# admin_app_fields.html
admin-app-user-email = Email address
# admin_app_fields.html
admin-app-user-id = Account ID
# admin_app_fields.html
admin-app-user-hint = The app reads it in the header Remote-User, and keeps under it what belongs to a person. The user name is the one in apps; who has none is known by the ID. An email address can change, and can later be another person's.
# admin_app_fields.html: label
admin-app-fresh = Ask people to log in again after (optional)
# admin_app_fields.html; the times are typed like this in every language
admin-app-fresh-hint = A time such as 15m or 8h, from 1m to 30d. Without one, the app stays open as long as people are logged in here.
# features/administration/app_form.rs: error of a form
admin-app-fresh-wrong = Enter a time from 1m to 30d, such as 15m.
# features/administration/app_form.rs: error of a form
admin-app-too-many-groups = At most { $count } groups can be named, for the app and for each part.
# features/administration/app_form.rs: error of a form
admin-app-too-many-addresses = An app has at most { $count } addresses.
# features/administration/app_form.rs: error of a form
admin-app-too-many-paths = At most { $count } parts can have a rule of their own.
# features/administration/app_form.rs: error of a form
admin-app-host-twice = { $host } is there twice. Browsers keep one login for a host, whatever its port is.
# features/administration/app_form.rs: error of a form
admin-app-host-own = { $host } is this site itself. An app needs a host of its own.
# features/administration/app_form.rs: error of a form
admin-app-host-plain = { $host } needs https, as this site has it. Without it, logins would travel unprotected.
# features/administration/app_form.rs: error of a form; $app: the name of an app
admin-app-host-taken = { $host } already belongs to the app { $app }. Each host belongs to one app.
# features/administration/app_meanwhile.rs: error of the form of an app; $name: of another administrator
admin-app-meanwhile = The app was changed meanwhile by { $name }. Look at what it says now, and save again.
# features/administration/app_meanwhile.rs: error of the form of an app
admin-app-meanwhile-operator = The app was changed meanwhile on the command line. Look at what it says now, and save again.
# features/administration/app_meanwhile.rs: error of the form of an app
admin-app-meanwhile-someone = The app was changed meanwhile. Look at what it says now, and save again.
# features/administration/app_meanwhile.rs: next to a field; $now: what it says since someone else changed it
admin-app-now = It says now: { $now }
# features/administration/app_meanwhile.rs: next to a field that is empty since someone else changed it
admin-app-now-empty = It is empty now.
# admin_app.html: title of the page; $title: what people call the app
admin-app-title = App: { $title }
# admin_apps.html: mark of an app
admin-app-mark-disabled = Disabled
# admin_apps.html: link to the page of an app; it does not open the app itself
admin-app-details = Details
# admin_app.html
admin-app-disabled = Disabled since { $date }
# admin_apps.html, admin_app.html
admin-app-nowhere = It has no address yet.
# admin_app.html: heading
admin-app-who = Who may open it
# admin_apps.html, admin_app.html; who may open an app
admin-app-for-accounts = Everyone with an account
# admin_apps.html, admin_app.html; who may open an app
admin-app-for-all = Everyone, without a login
# admin_app.html: a part that is all of the app; $path: /
admin-app-all-open = { $path } is open to everyone, also without a login: all of the app is.
# admin_app.html: the same, if other parts are for groups; $path: /
admin-app-rest-open = { $path } is open to everyone, also without a login: all of the app is, but for the parts below.
# admin_app.html: a part of the app; $path: such as /public
admin-app-part-open = { $path } and all below it is open to everyone, also without a login.
# admin_app.html: a part of the app; $path: such as /admin; $groups: titles, each with the name in brackets
admin-app-part = { $path } and all below it is only for members of: { $groups }
# admin_app.html: above the groups; $accounts: admin-accounts-count
admin-app-of-groups = Members of any of these groups: { $accounts }
# admin_app.html: the app names a group that does not exist
admin-app-no-group = There is no such group, so no one is in it.
# admin_app.html: link
admin-app-accounts-show = Show the accounts
# admin_app_accounts.html: title and heading
admin-app-accounts-title = Accounts that may open { $title }
# admin_app.html: heading
admin-app-proxy = Your proxy
# admin_app.html: above a command
admin-app-proxy-hint = This command, with the flags and variables of the site, prints the lines for nginx. It does the same for caddy, traefik, haproxy and envoy. The address at its end is where the app itself listens.
# admin_app.html: above a command
admin-app-proxy-check = Once they are in place, this one asks through the proxy and says what is wrong, if anything is.
# admin_app.html, if no proxy is trusted; $example: a line of the settings
admin-app-proxy-untrusted = trusted_proxies is empty, so no proxy may ask about apps. For a proxy on this machine, set { $example }, and restart the site.
# admin_app.html: in place of the commands, while the app has no address
admin-app-proxy-nowhere = Enter an address of the app below. Then the command that prints the lines for your proxy stands here.
# admin_app.html: heading above the form
admin-app-settings = Settings of the app
# admin_app.html: button
admin-app-settings-button = Save the app
# admin_app.html: button
admin-app-disable = Disable the app
# admin_app.html
admin-app-disable-hint = No one can open it any more, from the next request on. You can enable it again.
# admin_app.html: button
admin-app-enable = Enable the app
# admin_app.html
admin-app-enable-hint = Those who may open it get in again.
# admin_app.html: link
admin-app-remove = Remove the app
# admin_app.html
admin-app-remove-hint = The next page says what this ends, before anything is removed.
# admin_app.html: link
admin-app-back = Back to the apps
# admin_app_accounts.html: link
admin-app-back-to-it = Back to the app
# admin_app_removal.html: title and heading
admin-app-remove-title = Remove { $title }?
# admin_app_removal.html: above a list
admin-app-remove-lead = The app itself keeps running, with all that it has stored. But this site will no longer know it.
# admin_app_removal.html; $who: admin-accounts-count, admin-app-for-accounts or admin-app-for-all
admin-app-remove-accounts = Can open it now: { $who }
# admin_app_removal.html; $count may be 0
admin-app-remove-browsers = { $count ->
    [0] No browser is logged in to it right now.
    [one] 1 browser is logged in to it right now, and will be out at once.
   *[other] { $count } browsers are logged in to it right now, and will be out at once.
}
# admin_app_removal.html; $count: a large number
admin-app-remove-many-browsers = More than { $count } browsers are logged in to it right now, and will be out at once.
# admin_app_removal.html; $count may be 0
admin-app-remove-addresses = { $count ->
    [0] It has no address.
    [one] The proxy will let no one through to its address any more, not even to its open parts.
   *[other] The proxy will let no one through to its { $count } addresses any more, not even to its open parts.
}
# admin_app_removal.html
admin-app-remove-instead = This can't be undone. To close the app for a while, disable it.
# admin_app_removal.html: button
admin-app-remove-button = Remove this app
# admin_emails.html: title and heading
admin-emails-title = Emails
# admin_emails.html, admin_system.html
admin-emails-off = This site sends no emails.
# admin_emails.html: after admin-emails-off
admin-emails-turn-on = To turn emails on, set base_url, smtp_url and mail_from, and restart the site.
# admin_emails.html, admin_system.html; $count may be 0
admin-emails-waiting = { $count ->
    [0] No email waits to be sent.
    [one] 1 email waits to be sent.
   *[other] { $count } emails wait to be sent.
}
# admin_emails.html, admin_system.html
admin-emails-given-up = { $count ->
    [one] 1 email was given up. It is shown for a week.
   *[other] { $count } emails were given up. They are shown for a week.
}
# admin_emails.html: below the list
admin-emails-hint = An email that is sent leaves this list. If you drop one that was for an account, its owner can see that in the activity.
# admin_emails.html: an empty list
admin-emails-none = There are no emails to show.
# admin_emails.html
admin-email-queued = Written { $when }
# admin_emails.html, admin_account.html, admin_activity.html: what an email is about; $kind: its kind
admin-email-kind = { $kind ->
    [confirm] A link that confirms the address
    [reset] A link to choose a new password
    [account-made] A new account, with a link to choose a password
    [taken] A sign-up with an address that has an account
    [change] A link that changes the address of an account
    [changed] The address of the account was changed, with a link that undoes it
    [moved] The address of the account was changed
    [password] The password was changed
    [name] The name was changed
    [device] A login from a new browser
    [guesses] Several wrong passwords
    [factor-added] A second factor was added
    [factor-removed] A second factor was removed
    [two-factor-on] Two-factor authentication was turned on
    [two-factor-off] Two-factor authentication was turned off
    [codes-kept] New recovery codes
    [code-used] A recovery code was used
    [app-stopped] The authenticator app was stopped
    [passkey-copied] A passkey may have been copied
    [unfinished] A login that was not finished
    [link-made] An administrator made a link
    [several] Several things that happened to the account
    [close] A link that deletes the account
    [deleted] The account was deleted
    [invitation] An invitation
   *[other] { $kind }
}
# admin_emails.html
admin-email-attempts = { $count ->
    [one] Tried once
   *[other] Tried { $count } times
}
# admin_emails.html
admin-email-next = Next try: { $when }
# admin_emails.html: mark of an email
admin-email-given-up = Given up
# admin_emails.html: button
admin-email-retry = Try again now
# admin_emails.html: button
admin-email-drop = Drop it
# admin_activity.html: title and heading
admin-activity-title = Activity
# admin_activity.html
admin-activity-about = What administrators did, and what was done on the command line.
# admin_activity.html, after admin-activity-about; $count: days
admin-activity-kept = { $count ->
    [one] It is kept for 1 day.
   *[other] It is kept for { $count } days.
}
# admin_activity.html: before the name of an administrator
admin-activity-who = Done by:
# admin_activity.html
admin-activity-operator = Done on the command line
# features/administration/activity.rs: what was done; a line below it names the account
admin-did-signed-up = An account was created
# features/administration/activity.rs: what was done; a line below it names the account
admin-did-unlocked = The wait after wrong passwords and codes was ended
# features/administration/activity.rs: what was done; a line below it names the account
admin-did-device-ended = A device was logged out
# features/administration/activity.rs: what was done; a line below it names the account
admin-did-all-ended = All devices were logged out
# features/administration/activity.rs: what was done; a line below it names the account
admin-did-password-changed = The password was changed
# features/administration/activity.rs: what was done; a line below it names the account
admin-did-reset-link-made = A link to choose a new password was made
# features/administration/activity.rs: what was done; a line below it names the account
admin-did-confirmed = The email address was confirmed
# features/administration/activity.rs: what was done; a line below it names the account
admin-did-email-change-asked = A link to change the email address was made
# features/administration/activity.rs: what was done; a line below it names the account
admin-did-name-changed = The name was changed
# features/administration/activity.rs: what was done; the handle follows if there was none before or is none now, and a line below it names the account
admin-did-handle-changed = The user name in apps was changed
# features/administration/activity.rs: what was done; a line below it names the account
admin-did-disabled = An account was disabled
# features/administration/activity.rs: what was done; a line below it names the account
admin-did-enabled = An account was enabled again
# features/administration/activity.rs: what was done; a line below it names the group
admin-did-group-created = A group was created
# features/administration/activity.rs: what was done; a line below it names the group
admin-did-group-deleted = A group was deleted
# features/administration/activity.rs: what was done; a line below it names the group
admin-did-group-title-changed = The title of a group was changed
# features/administration/activity.rs: what was done; lines below it name the account and the group
admin-did-group-joined = An account was added to a group
# features/administration/activity.rs: what was done; lines below it name the account and the group
admin-did-group-left = An account was removed from a group
# features/administration/activity.rs: what was done; the name of the app follows
admin-did-app-created = An app was added
# features/administration/activity.rs: what was done; the name of the app follows, and what is different
admin-did-app-changed = An app was changed
# features/administration/activity.rs: what was done; the name of the app follows
admin-did-app-disabled = An app was disabled
# features/administration/activity.rs: what was done; the name of the app follows
admin-did-app-enabled = An app was enabled again
# features/administration/activity.rs: what was done; the name of the app follows
admin-did-app-deleted = An app was removed
# features/administration/activity.rs: what was done; a line below it names the account
admin-did-factor-removed = Second factors were removed
# features/administration/activity.rs: what was done; a line below it names the account
admin-did-two-factor-off = Two-factor authentication was turned off for an account
# features/administration/activity.rs: what was done; a line below it names the account
admin-did-recovery-code-made = A recovery code was made for an account
# features/administration/activity.rs: what was done; a line below it is the ID of the invitation
admin-did-invitation-made = A new invitation was created
# features/administration/activity.rs: what was done; a line below it is the ID of the invitation
admin-did-invitation-renewed = A new link for an invitation was made
# features/administration/activity.rs: what was done; a line below it is the ID of the invitation
admin-did-invitation-revoked = An open invitation was taken back
# features/administration/activity.rs: what was done; a line below it is the kind of the email; another names the account, if it was for one
admin-did-email-retried = A waiting email was tried again
# features/administration/activity.rs: what was done; a line below it is the kind of the email; another names the account, if it was for one
admin-did-email-dropped = A waiting email was dropped
# features/administration/activity.rs: what was done; a line below it is its ID
admin-did-deleted = An account was deleted
# admin_system.html: title and heading
admin-system-title = System
# admin_system.html; $engine: a name and a version; its place follows
admin-system-database = Database: { $engine },
# admin_system.html
admin-system-clock = Clock of this site: { $when }
# admin_system.html; about emails
admin-system-oldest = The oldest was written: { $when }
# admin_system.html: heading
admin-system-arrived = What arrived with this request
# admin_system.html
admin-system-client = Your IP address, as this site sees it: { $ip }
# admin_system.html: why it is that address
admin-system-why-reported = The connection comes from a trusted proxy, and this is what it reports.
# admin_system.html: why it is that address
admin-system-why-not-reported = The connection comes from a trusted proxy, which sent no X-Forwarded-For. Let it send the address of the visitor.
# admin_system.html: why it is that address
admin-system-why-not-trusted = It is that of the connection. Its X-Forwarded-For is not trusted, since the connection comes from no trusted proxy.
# admin_system.html: why it is that address
admin-system-why-direct = It is that of the connection, which has no X-Forwarded-For.
# admin_system.html
admin-system-peer = The connection comes from { $ip }.
# admin_system.html; $url: the setting base_url
admin-system-base-url = Visitors should type { $url } (base_url).
# admin_system.html: warning
admin-system-trust = All visitors seem to come from the same address. If { $ip } is your proxy, add it to trusted_proxies.
# admin_system.html: warning
admin-system-lacks-https = The proxy reports https, but base_url is { $url }. Set base_url to the address that visitors type.
# admin_system.html: heading
admin-system-settings = Settings
# admin_system.html
admin-system-none-set = Every setting has its default.
# admin_system.html: opens a list
admin-system-defaults = Settings that have their default
# admin_system.html: heading above a text
admin-system-question = Copy for a question
# admin_system.html
admin-system-question-hint = When you ask for help, add this text. It contains no address, no name and no secret.


## Administration: notices

# web/notice.rs
notice-admin-logged-out = The account was logged out everywhere.
# web/notice.rs
notice-admin-device-ended = The device was logged out.
# web/notice.rs
notice-admin-disabled = The account was disabled. All its sessions ended.
# web/notice.rs
notice-admin-enabled = The account was enabled again. Its owner can log in.
# web/notice.rs
notice-admin-confirmed = The email address was confirmed.
# web/notice.rs
notice-admin-unlocked = The wrong passwords and codes for this account no longer count. Those that came from a network still do.
# web/notice.rs
notice-admin-network-unlocked = The wrong passwords and codes from that network no longer count.
# web/notice.rs
notice-admin-factors-removed = All second factors were removed. Every device was logged out.
# web/notice.rs
notice-admin-handle-changed = The user name in apps was saved.
# web/notice.rs: the link stands below
notice-admin-link-made = The link was made. It is shown below, once.
# web/notice.rs: the link stands below
notice-admin-account-made = The account was created. The link to choose a password is shown below, once.
# web/notice.rs
notice-admin-deleted = The account was deleted.
# web/notice.rs
notice-admin-own-account = This is your own account. Change it in the settings. Nothing was changed.
# web/notice.rs
notice-admin-enable-first = The account is disabled, so no link would work. Enable it first.
# web/notice.rs
notice-admin-last = This is the last administrator who can log in. Make another one first. Nothing was changed.
# web/notice.rs
notice-admin-invitation-made = The invitation was created.
# web/notice.rs
notice-admin-invitation-mailed = The invitation was created. An email with its link is on its way.
# web/notice.rs
notice-admin-invitation-renewed = The invitation has a new link. The one before no longer works.
# web/notice.rs
notice-admin-invitation-revoked = The invitation was taken back. Its link no longer works.
# web/notice.rs
notice-admin-invitation-over = This invitation was already over. Nothing was changed.
# web/notice.rs
notice-admin-group-created = The group was created.
# web/notice.rs
notice-admin-group-joined = The account was added to the group.
# web/notice.rs
notice-admin-group-left = The account was removed from the group.
# web/notice.rs
notice-admin-group-deleted = The group was deleted. Its members are no longer in it.
# web/notice.rs
notice-admin-own-membership = You can't remove yourself: another administrator can. Nothing was changed.
# web/notice.rs
notice-admin-app-created = The app was added.
# web/notice.rs
notice-admin-app-changed = The app was saved. That holds from the next request on.
# web/notice.rs
notice-admin-app-disabled = The app was disabled. No one can open it.
# web/notice.rs
notice-admin-app-enabled = The app was enabled again.
# web/notice.rs
notice-admin-app-removed = The app was removed. No one can open it through the proxy.
# web/notice.rs
notice-admin-email-retried = The email will be tried again within a minute.
# web/notice.rs
notice-admin-email-underway = The email may be on its way right now. Try it again in five minutes, if it still waits then.
# web/notice.rs
notice-admin-email-gone = The email was sent in the meantime, or is given up.
# web/notice.rs
notice-admin-email-dropped = The email was dropped.
