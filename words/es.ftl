### Las palabras de Vestibule en español: todas las frases de sus páginas, avisos, errores, correos y eventos.
###
### Términos: iniciar sesión, cerrar sesión, crear una cuenta, correo, dirección de correo, enlace, dispositivo. Comillas “ ”.
### Aplicación de autenticación, llave de acceso (passkey), código de recuperación, autenticación de dos factores.
### Trato de usted; español neutro. Lo que significa cada clave y cada variable está en en.ftl.
### Para quien traduzca: hecho reciente, "se ha cambiado"; hecho pasado (actividad, correos), "se cambió".


## Language

language-name = Español
language-direction = ltr
sentences = { $first } { $second }


## Time

duration = { $unit ->
    [second] { $count ->
        [one] 1 segundo
       *[other] { $count } segundos
    }
    [minute] { $count ->
        [one] 1 minuto
       *[other] { $count } minutos
    }
    [hour] { $count ->
        [one] 1 hora
       *[other] { $count } horas
    }
   *[day] { $count ->
        [one] 1 día
       *[other] { $count } días
    }
}
duration-within = { $unit ->
    [second] { $count ->
        [one] en un plazo de un segundo
       *[other] en un plazo de { $count } segundos
    }
    [minute] { $count ->
        [one] en un plazo de un minuto
       *[other] en un plazo de { $count } minutos
    }
    [hour] { $count ->
        [one] en un plazo de una hora
       *[other] en un plazo de { $count } horas
    }
   *[day] { $count ->
        [one] en un plazo de un día
       *[other] en un plazo de { $count } días
    }
}
duration-for = { $unit ->
    [second] { $count ->
        [one] durante un segundo
       *[other] durante { $count } segundos
    }
    [minute] { $count ->
        [one] durante un minuto
       *[other] durante { $count } minutos
    }
    [hour] { $count ->
        [one] durante una hora
       *[other] durante { $count } horas
    }
   *[day] { $count ->
        [one] durante un día
       *[other] durante { $count } días
    }
}
duration-after = { $unit ->
    [second] { $count ->
        [one] después de un segundo
       *[other] después de { $count } segundos
    }
    [minute] { $count ->
        [one] después de un minuto
       *[other] después de { $count } minutos
    }
    [hour] { $count ->
        [one] después de una hora
       *[other] después de { $count } horas
    }
   *[day] { $count ->
        [one] después de un día
       *[other] después de { $count } días
    }
}
time-month = { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
}
time-weekday = { $weekday ->
    [1] Lunes
    [2] Martes
    [3] Miércoles
    [4] Jueves
    [5] Viernes
    [6] Sábado
   *[7] Domingo
}
time-date = { $day } de { time-month } de { $year }
time-clock = { $hour }:{ $minute } { $zone }
time-exact = { $day } de { time-month } de { $year }, { $hour }:{ $minute } { $zone }
time-just-now = hace un momento
time-minutes-ago = { $count ->
    [one] hace un minuto
   *[other] hace { $count } minutos
}
time-today = hoy, { $hour }:{ $minute } { $zone }
time-yesterday = ayer, { $hour }:{ $minute } { $zone }
time-heading-today = Hoy
time-heading-yesterday = Ayer
time-heading-day = { time-weekday }, { $day } de { time-month } de { $year }


## Browsers and places

browser = { $browser ->
    [unknown] { $system ->
        [unknown] Navegador desconocido
        [iPad] Navegador desconocido en un iPad
        [iPhone] Navegador desconocido en un iPhone
       *[other] Navegador desconocido en { $system }
    }
   *[other] { $system ->
        [unknown] { $browser }
        [iPad] { $browser } en un iPad
        [iPhone] { $browser } en un iPhone
       *[other] { $browser } en { $system }
    }
}
browser-from = { $browser ->
    [unknown] { $system ->
        [unknown] desde un navegador desconocido
        [iPad] desde un navegador desconocido en un iPad
        [iPhone] desde un navegador desconocido en un iPhone
       *[other] desde un navegador desconocido en { $system }
    }
   *[other] { $system ->
        [unknown] desde { $browser }
        [iPad] desde { $browser } en un iPad
        [iPhone] desde { $browser } en un iPhone
       *[other] desde { $browser } en { $system }
    }
}
place = { $ip ->
    [unknown] { browser }
   *[other] { browser } · { $ip }
}
place-operator = Por quienes administran este sitio
place-administrator = Por un administrador de este sitio
place-ip = { $ip ->
    [unknown] Dirección IP desconocida
   *[other] Dirección IP { $ip }
}


## Frame of every page

page-title = { $title } · { $site }
page-title-error = Error: { $title } · { $site }
page-description = Su cuenta en { $site }.
frame-skip = Ir al contenido
frame-nav = Principal
nav-home = Inicio
nav-profile = Perfil
nav-settings = Configuración
nav-logout = Cerrar sesión
nav-login = Iniciar sesión
nav-signup = Crear cuenta
footer-label = Acerca de este sitio
footer-language = Idioma
footer-contact = ¿Tiene preguntas? Escriba a { $contact }.
footer-terms = Condiciones de uso
frame-print = { $site }, { $name } ({ $address }), { $date }
frame-working = Un momento…


## Fields

field-email = Correo electrónico
field-name = Nombre
field-password = Contraseña
field-current-password = Contraseña actual
field-new-password = Contraseña nueva
field-new-email = Correo electrónico nuevo
field-account-email = Correo electrónico de esta cuenta
field-your-name = Su nombre
placeholder-your-email = Su correo electrónico
placeholder-your-password = Su contraseña
placeholder-email = Correo electrónico
placeholder-name = Nombre
placeholder-password = Contraseña
placeholder-new-password = Contraseña nueva
placeholder-new-email = Correo electrónico nuevo
password-show = Mostrar
password-hide = Ocultar
password-show-label = { $field ->
    [current] Mostrar la contraseña actual
    [new] Mostrar la contraseña nueva
   *[password] Mostrar la contraseña
}
password-hide-label = { $field ->
    [current] Ocultar la contraseña actual
    [new] Ocultar la contraseña nueva
   *[password] Ocultar la contraseña
}
password-caps-lock = El bloqueo de mayúsculas está activado.
password-length = { $typed } de un mínimo de { $least } caracteres
password-example = tetera grava flauta
password-rule = Al menos { $least } caracteres, y difícil de adivinar. Funcionan bien tres o cuatro palabras sin relación entre sí, como “{ password-example }”.


## Front page

home-title = Inicio
home-tagline = Autenticación y autorización sencillas en Rocket.
home-login = Iniciar sesión
home-signup = Crear cuenta
home-profile = Ir a su perfil
apps-yours = Sus aplicaciones


## Profile

profile-title = Perfil
profile-welcome = ¡Hola, { $name }!
profile-address = Sesión iniciada con { $address }
profile-last-login = Último inicio de sesión: { $when } · { $browser }
profile-activity = ¿No fue usted? Revise su actividad
profile-settings = Configuración


## Login

login-title = Iniciar sesión
login-remember = Mantener la sesión abierta
login-remember-hint = La sesión seguirá abierta en este dispositivo { duration-for } como máximo. No marque esta casilla en un equipo compartido.
login-button = Iniciar sesión
login-forgot = ¿Olvidó su contraseña?
login-unconfirmed = ¿No recibió el correo de confirmación?
login-new-here = ¿No tiene una cuenta?
login-signup = Crear una cuenta
login-closed = { $contact ->
    [none] ¿Aún no tiene una cuenta? Pídala a quienes administran este sitio.
   *[other] ¿Aún no tiene una cuenta? Pídala a { $contact }.
}
login-by-email = No hace falta que espere: podemos enviarle por correo un enlace para elegir una contraseña nueva, y podrá iniciar sesión enseguida.
login-by-email-link = Enviarme un enlace


## Switch account

switch-title = ¿Iniciar sesión con otra cuenta?
switch-now = Ha iniciado sesión con { $address }. Para usar otra cuenta, primero cerraremos esta sesión.
switch-stay = Seguir con esta cuenta
switch-button = Cambiar de cuenta


## The gate: on the way to an app

gate-log-in = Inicie sesión para continuar a { $app }.
gate-onward-title = Continuar a { $app }
gate-onward = Solo tardará un momento.
gate-onward-link = Ir a { $app }
gate-denied-title = No puede usar { $app }
gate-denied = Ha iniciado sesión con { $address }.
gate-denied-advice = { $contact ->
    [none] Si debería tener acceso, pregunte a los responsables de este sitio. O use otra cuenta.
   *[other] Si debería tener acceso, pregunte a { $contact }. O use otra cuenta.
}
gate-denied-button = Cerrar la sesión y usar otra cuenta
gate-early = Ha abierto muchas páginas de aplicaciones a la vez
gate-trouble-title = No hemos podido dejarle entrar
gate-trouble-kept = Su navegador no ha guardado la cookie de { $host }. Sin ella, la aplicación que está allí no puede saber que ha iniciado sesión.
gate-trouble-set = La cookie de { $host } se guardó y no volvió. Sin ella, la aplicación que está allí no puede saber que ha iniciado sesión.
gate-trouble-advice = Quizá las cookies de { $host } estén bloqueadas en los ajustes de su navegador o por una extensión. Permítalas e inténtelo de nuevo.
gate-trouble-again = Intentarlo de nuevo
gate-trouble-report = { $contact ->
    [none] Si no sirve, dígaselo a los responsables de este sitio: quizá el proxy delante de { $host } no transmita las cookies.
   *[other] Si no sirve, dígaselo a { $contact }: quizá el proxy delante de { $host } no transmita las cookies.
}


## Sign-up

signup-title = Crear una cuenta
signup-button = Crear cuenta
signup-have-account = ¿Ya tiene una cuenta?
signup-login = Iniciar sesión
signup-terms = Acepto las condiciones de uso
signup-terms-read = Leer las condiciones de uso
signup-closed = El registro está cerrado
signup-closed-advice = { $contact ->
    [none] Para obtener una cuenta, diríjase a quienes administran este sitio.
   *[other] Para obtener una cuenta, diríjase a { $contact }.
}
signup-invited = Necesita una invitación
signup-invited-advice = { $contact ->
    [none] Para obtener una, diríjase a quienes administran este sitio.
   *[other] Para obtener una, diríjase a { $contact }.
}


## Invitation

invited-title = Tiene una invitación
invited-lead = { $site } le invita a participar.
invited-lead-groups = { $count ->
    [one] { $site } le invita a unirse a este grupo:
   *[other] { $site } le invita a unirse a estos grupos:
}
invited-handle = Las aplicaciones de este sitio le conocerán por el nombre de usuario { $handle }.
invited-until = La invitación termina el { $when }.
invited-sign-up = Para aceptarla, cree una cuenta.
invited-bound = La invitación es para esta dirección.
invited-as = Ha iniciado sesión como { $address }.
invited-join = Unirse con esta cuenta
invited-nothing = Ha iniciado sesión como { $address }. Ya tiene una cuenta aquí, así que no queda nada por hacer.
invited-other = La invitación es para { $address }, y usted ha iniciado sesión como { $other }. Cierre sesión y abra el enlace de nuevo.
invited-over-title = Esta invitación ya no es válida
invited-over-lead = Se ha usado, ha terminado o se ha retirado. Para obtener otra, diríjase a quien se la envió.


## Check your email

check-email-title = Revise su correo
check-email-signup = Hemos enviado un correo a { $address }. Para terminar, ábralo y siga el enlace { duration-within }.
check-email-reset = Si hay una cuenta con { $address }, hemos enviado un correo a esa dirección. Para elegir una contraseña nueva, ábralo y siga el enlace { duration-within }.
check-email-confirm = Si aún falta confirmar { $address }, hemos enviado un correo a esa dirección. Ábralo y siga el enlace { duration-within }.
check-email-nothing = ¿No ha llegado nada? Puede tardar unos minutos. Mire también en la carpeta de correo no deseado (spam).
check-email-newest = Si ya lo pidió antes y no llega otro correo, use el más reciente que tenga.
check-email-again = Enviar de nuevo
check-email-other = Usar otra dirección
check-email-contact = ¿Sigue sin llegar? Escriba a { $contact }.


## Confirm an email address

confirm-title = Confirme su correo electrónico
unconfirmed-lead = Abra el enlace del correo que le enviamos. ¿No lo recibió, o ya es demasiado antiguo? Le enviaremos otro.
unconfirmed-button = Enviar otro correo
unconfirmed-life = Use el enlace { duration-within }. Solo funciona una vez.
back-to-login = Volver al inicio de sesión
confirm-lead = Para confirmar { $address }, escriba la contraseña que eligió al crear la cuenta.
confirm-button = Confirmar
confirm-unknown-password = ¿No la sabe? Elija una contraseña nueva. Así, si otra persona creó una cuenta con su dirección, ya no podrá entrar.
confirm-reset = Elegir una contraseña nueva
confirm-other-account = Ha iniciado sesión con { $other }. Si confirma { $address }, se cerrará esta sesión y entrará en esa otra cuenta.


## Forgotten password

forgot-title = ¿Olvidó su contraseña?
forgot-lead = Le enviaremos por correo un enlace para elegir una nueva.
forgot-button = Enviar el enlace
forgot-life = Use el enlace { duration-within }. Solo funciona una vez.
forgot-no-email = { $contact ->
    [none] Pida a quienes administran este sitio un enlace para elegir una contraseña nueva.
   *[other] Pida a { $contact } un enlace para elegir una contraseña nueva.
}
reset-title = Contraseña nueva
reset-lead = Elija una contraseña nueva para { $address }. Se cerrará la sesión en todos los dispositivos.
reset-name-hint = ¿Qué nombre quiere usar? Lo preguntamos porque esta dirección nunca se confirmó.
reset-button = Guardar la contraseña
reset-first-title = Le damos la bienvenida
reset-first-lead = Elija una contraseña para { $address }.
reset-first-name-hint = ¿Qué nombre quiere usar? Este se escribió para usted.


## Links from emails

link-over-title = Este enlace ya no funciona
link-over-lead = Ya se usó, caducó o lo reemplazó un enlace más reciente o una contraseña nueva. Si ya lo usó usted, no hace falta nada más.
link-over-login = Iniciar sesión
link-over-new = Enviarme otro enlace
link-leave = Dejar todo como está

change-email-title = ¿Cambiar su dirección de correo?
change-email-lead = Después del cambio, iniciará sesión con { $address } y recibirá allí nuestros correos. Para confirmarlo, escriba la contraseña de su cuenta.
change-email-button = Cambiar el correo
change-email-not-you = ¿No lo pidió usted? Puede que alguien haya escrito su dirección por error. Basta con cerrar esta página.

restore-email-title = ¿Deshacer el cambio de su dirección de correo?
restore-email-lead = Su cuenta volverá a tener la dirección { $address }, se cerrará la sesión en todos los dispositivos y se anulará su contraseña. Después le enviaremos por correo un enlace para elegir una nueva.
restore-email-button = Deshacer el cambio

secure-title = ¿Cerrar todas las sesiones?
secure-lead = Se cerrará la sesión de { $address } en todos los dispositivos y se anulará su contraseña. Después le enviaremos por correo un enlace para elegir una nueva.
secure-button = Cerrar todas las sesiones
secure-stays-on = { $contact ->
    [none] No deshace la autenticación de dos factores, que se activó el { $date }. Si no fue usted, pida antes ayuda a los responsables de este sitio.
   *[other] No deshace la autenticación de dos factores, que se activó el { $date }. Si no fue usted, pida antes ayuda a { $contact }.
}
secure-was-me = No, fui yo

secure-moved-title = Se cambió su dirección de correo
secure-moved-lead = Esta cuenta ya no usa { $address }, así que este enlace ya no puede cerrar sus sesiones.
secure-moved-revertible = Si no hizo usted el cambio, todavía puede recuperar su cuenta. Enviamos a { $address } un correo con el asunto “{ $subject }”. Abra el enlace de ese correo: con él recuperará su dirección y se cerrará la sesión en todos los dispositivos.
secure-moved-life = Hágalo { duration-within } desde el cambio. Si no encuentra el correo, mire también en la carpeta de correo no deseado (spam).
secure-moved-over = { $contact ->
    [none] Este cambio ya no se puede deshacer por correo. Si no lo hizo usted, pida ayuda a quienes administran este sitio.
   *[other] Este cambio ya no se puede deshacer por correo. Si no lo hizo usted, pida ayuda a { $contact }.
}

delete-title = ¿Eliminar su cuenta?
delete-lead = Se eliminará la cuenta sobre la que escribimos a { $address }, con su nombre, dirección, dispositivos y actividad. Esto no se puede deshacer.
delete-button = Eliminar la cuenta


## Settings

settings-title = Configuración
settings-account = Cuenta
settings-devices = Dispositivos
settings-activity = Actividad
settings-back = Volver a su cuenta
settings-cancel = Cancelar

account-profile = Perfil
account-security = Correo electrónico y contraseña
account-data = Sus datos
account-save-name = Guardar el nombre
account-email = Correo electrónico
account-change-email = Cambiar el correo
account-confirmation = Confirmación
account-unconfirmed = Su dirección aún no está confirmada. Abra el enlace del correo que le enviamos.
account-confirm-again = Enviar de nuevo
account-pending = { $by ->
    [administrator] Un administrador creó un enlace que la cambia por { $address } y se lo dará.
    [command_line] Los responsables de este sitio crearon un enlace que la cambia por { $address } y se lo darán.
   *[owner] Usted pidió cambiar su dirección por { $address }. Abra el enlace del correo que enviamos allí.
}
account-pending-cancel = Cancelar el cambio
account-password = Contraseña
account-password-hint = Al cambiarla, se cierra la sesión en los demás dispositivos.
account-change-password = Cambiar la contraseña
account-language = Idioma
account-language-hint = Las páginas cambian al guardar; nuestros correos, una semana después. Así, nadie puede ocultarle un aviso en otro idioma.
account-language-automatic = El de su navegador
account-language-save = Guardar el idioma
account-handle = Nombre de usuario en las aplicaciones
account-handle-hint = Las aplicaciones de este sitio le conocen por él. Solo un administrador puede cambiarlo.
account-copy = Una copia de sus datos
account-copy-hint = Todo lo que este sitio sabe de usted, en un archivo.
account-copy-button = Descargar
account-terms = Usted aceptó las condiciones de uso (versión { $version }) el { $date }.
account-delete = Eliminar la cuenta
account-delete-hint = Esto no se puede deshacer.

email-page-title = Cambiar el correo
email-page-now = Su dirección es { $address }.
email-page-button = Enviar un enlace
email-page-lead = Enviaremos un enlace a la dirección nueva. Ábralo { duration-within } para hacer el cambio.
email-page-undo = También avisaremos a su dirección anterior. Desde allí podrá deshacer el cambio { duration-for }.
email-page-no-email = { $contact ->
    [none] Para cambiarla, pida un enlace a quienes administran este sitio.
   *[other] Para cambiarla, pida un enlace a { $contact }.
}

password-page-title = Cambiar la contraseña
password-page-lead = Se cerrará la sesión en los demás dispositivos.
password-page-button = Cambiar la contraseña

close-title = Eliminar la cuenta
close-lead = Se eliminará su cuenta { $address }, con su nombre, dirección, dispositivos y actividad. Esto no se puede deshacer.
close-by-link = Antes le enviaremos un enlace por correo. Ábralo { duration-within } para eliminar la cuenta.
close-by-link-where = El correo irá a su dirección, o a la anterior si se cambió hace menos de { duration }.
close-button-link = Enviar el enlace
close-button = Eliminar la cuenta

reauthenticate-title = Confirme su contraseña
reauthenticate-lead = Ha iniciado sesión con { $address }. Escriba su contraseña otra vez.
reauthenticate-button = Continuar

logout-title = Cerrar sesión
logout-question = ¿Cerrar la sesión en { $site }?
logout-button = Cerrar sesión


## Devices

devices-lead = Tiene la sesión abierta en estos dispositivos. ¿No reconoce alguno? Cierre la sesión de ese dispositivo y cambie su contraseña.
devices-here = Este dispositivo
devices-remembered = Mantiene la sesión
devices-began = Inicio de sesión: { $when }
devices-last-used = Último uso: { $when }
devices-apps = También con sesión en:
devices-end = Cerrar sesión
devices-end-here = Cerrar sesión aquí
devices-end-others = Cerrar las demás sesiones
devices-none = No hay más dispositivos.


## Activity

activity-lead = { $count ->
    [one] Actividad de su cuenta en el último día.
   *[other] Actividad de su cuenta en los últimos { $count } días.
}
activity-lead-short = Actividad reciente de su cuenta.
activity-none = Todavía no hay actividad.
activity-end = No hay más actividad.
activity-older = Anteriores
activity-newest = Lo más reciente
activity-unknown = ¿Hay algo que no reconoce? Cambie su contraseña

mark-wrong-password = Contraseña incorrecta
mark-new-browser = Navegador nuevo
mark-password = Contraseña
mark-email = Dirección de correo
mark-wrong-code = Código incorrecto
mark-security = Seguridad


## Events

event-signed-up = { $actor ->
    [administrator] Un administrador creó su cuenta
    [command_line] Se creó su cuenta
   *[owner] Usted creó su cuenta
}
event-logged-in = { $remembered ->
    [yes] Usted inició una sesión y pidió mantenerla abierta
   *[no] Usted inició sesión
}
event-logged-in-new-browser = { $remembered ->
    [yes] Usted inició una sesión desde un navegador nuevo y pidió mantenerla abierta
   *[no] Usted inició sesión desde un navegador nuevo
}
event-resumed-by-device = Su sesión se inició automáticamente
event-password-wrong = Se escribió una contraseña incorrecta
event-barred-unconfirmed = Inicio de sesión rechazado: la dirección de correo no está confirmada
event-barred-disabled = Inicio de sesión rechazado: la cuenta está desactivada
event-passwords-paused = Demasiadas contraseñas incorrectas: hay que esperar antes de otro intento
event-unlocked = { $actor ->
    [administrator] Un administrador anuló la espera por contraseñas incorrectas
   *[owner] Se anuló la espera por contraseñas incorrectas
}
event-network-unlocked = Se anuló la espera de una red tras contraseñas incorrectas
event-reauthenticated = Usted confirmó que era usted
event-device-remembered = Usted pidió mantener la sesión abierta
event-device-reused = Una sesión guardada se usó dos veces, así que la cerramos en ese dispositivo
event-logged-out = Usted cerró sesión
event-device-ended = { $actor ->
    [administrator] Un administrador cerró la sesión en uno de sus dispositivos
   *[owner] Usted cerró la sesión en otro dispositivo
}
event-others-ended = Usted cerró la sesión en los demás dispositivos
event-all-ended = Un administrador cerró su sesión en todos los dispositivos
event-password-changed = { $actor ->
    [command_line] Se cambió su contraseña
   *[owner] Usted cambió su contraseña
}
event-password-reset = Usted eligió una contraseña nueva, con un enlace
event-reset-link-made = { $actor ->
    [administrator] Un administrador creó un enlace para elegir una contraseña nueva
    [command_line] Se creó un enlace para elegir una contraseña nueva
   *[owner] Alguien pidió un enlace para elegir una contraseña nueva
}
event-confirmed = { $actor ->
    [administrator] Un administrador confirmó su dirección de correo
   *[owner] Usted confirmó su dirección de correo
}
event-email-change-asked = { $actor ->
    [administrator] Un administrador creó un enlace para cambiar su dirección de correo
   *[owner] Usted pidió cambiar su dirección de correo
}
event-email-change-cancelled = Usted canceló el cambio de su dirección de correo
event-email-changed = Usted cambió su dirección de correo
event-email-restored = Se deshizo el cambio de su dirección de correo
event-close-asked = Usted pidió eliminar su cuenta
event-secured = Se cerraron todas las sesiones y se anuló la contraseña, desde el enlace de un correo
event-name-changed = { $actor ->
    [command_line] Se cambió su nombre
   *[owner] Usted cambió su nombre
}
event-handle-changed = { $actor ->
    [administrator] Un administrador cambió su nombre de usuario en las aplicaciones
   *[owner] Se cambió su nombre de usuario en las aplicaciones
}
event-exported = { $actor ->
    [command_line] Se hizo una copia de sus datos
   *[owner] Usted descargó una copia de sus datos
}
event-disabled = { $actor ->
    [administrator] Un administrador desactivó la cuenta
   *[owner] Se desactivó la cuenta
}
event-enabled = { $actor ->
    [administrator] Un administrador volvió a activar la cuenta
   *[owner] Se volvió a activar la cuenta
}
event-group-created = Se creó un grupo
event-group-deleted = Se eliminó un grupo
event-group-title-changed = Se cambió el título de un grupo
event-connected-app-created = Se añadió una aplicación
event-connected-app-changed = Se cambió una aplicación
event-connected-app-disabled = Se desactivó una aplicación
event-connected-app-enabled = Se volvió a activar una aplicación
event-connected-app-deleted = Se quitó una aplicación
event-group-joined = { $actor ->
    [administrator] Un administrador añadió su cuenta a un grupo
   *[owner] Se añadió su cuenta a un grupo
}
event-group-left = { $actor ->
    [administrator] Un administrador quitó su cuenta de un grupo
   *[owner] Se quitó su cuenta de un grupo
}
event-invitation-made = Se creó una invitación
event-invitation-renewed = Una invitación recibió un enlace nuevo
event-invitation-revoked = Se retiró una invitación
event-invitation-used = Usted usó una invitación
event-email-retried = Un administrador volvió a intentar enviarle un correo
event-email-dropped = Un administrador descartó un correo dirigido a usted antes de su envío
event-factor-added = Se añadió una aplicación de autenticación o una llave de acceso
event-factor-removed = { $actor ->
    [administrator] Un administrador quitó una aplicación de autenticación, una llave de acceso o los códigos de recuperación
   *[owner] Se quitó una aplicación de autenticación, una llave de acceso o los códigos de recuperación
}
event-factor-replaced = Se cambió su aplicación de autenticación por otra
event-two-factor-on = Se activó la autenticación de dos factores
event-two-factor-off = { $actor ->
    [administrator] Un administrador desactivó la autenticación de dos factores
   *[owner] Se desactivó la autenticación de dos factores
}
event-factor-wrong = Se escribió un código incorrecto o se rechazó una llave de acceso
event-factors-paused = Demasiados códigos incorrectos: hay que esperar antes de otro intento
event-app-stopped = Demasiados códigos incorrectos: hay que volver a configurar su aplicación de autenticación
event-recovery-code-used = Se usó un código de recuperación
event-recovery-code-made = Se creó un código de recuperación para su cuenta
event-recovery-codes-kept = Se prepararon códigos de recuperación: solo estos valen
event-passkey-renamed = Usted cambió el nombre de una llave de acceso
event-passkey-counter = Se usó una llave de acceso de la que quizá existe una copia
event-passkey-backup-changed = Se activó o desactivó la copia de seguridad de una llave de acceso
event-passkeys-rest = Sus llaves de acceso necesitan ahora también su contraseña
event-passkeys-woken = Sus llaves de acceso vuelven a funcionar sin su contraseña
event-deleted = Se eliminó la cuenta
event-unknown = Algo que esta versión del programa no conoce
event-app-unknown = Algo que esta versión de la aplicación no conoce
event-unknown-actor = Por alguien que esta versión del programa no conoce


## Notices

notice-log-in-first = Inicie sesión para acceder a esta página.
notice-log-in-first-typed = Inicie sesión para acceder a esta página. Lo que escribió no se ha guardado.
notice-session-idle = Su sesión se cerró { duration-after } sin actividad. Vuelva a iniciar sesión.
notice-session-idle-typed = Su sesión se cerró { duration-after } sin actividad. Vuelva a iniciar sesión. Lo que escribió no se ha guardado.
notice-session-old = Por su seguridad, la sesión se cerró { duration-after }. Vuelva a iniciar sesión.
notice-session-old-typed = Por su seguridad, la sesión se cerró { duration-after }. Vuelva a iniciar sesión. Lo que escribió no se ha guardado.
notice-email-taken = Ya existe una cuenta con esta dirección de correo.
notice-email-taken-login = Inicie sesión con ella.
notice-log-in-failed = Revise sus datos de acceso e inténtelo de nuevo.
notice-log-in-failed-or-unconfirmed = Revise sus datos de acceso e inténtelo de nuevo. Si acaba de crear su cuenta, confirme primero su dirección de correo.
notice-confirm-first = Revise sus datos de acceso e inténtelo de nuevo. Si acaba de crear su cuenta, confirme primero su dirección de correo: abra el enlace del correo que le enviamos.
notice-account-ready = Su cuenta está lista. Inicie sesión.
notice-invitation-accepted = Ha aceptado la invitación.
notice-logged-out = Se ha cerrado la sesión.
notice-switched = Se ha cerrado la sesión. Ya puede iniciar sesión de nuevo.
notice-switch-first = Ya hay una sesión iniciada en este navegador. No se ha cambiado nada.
notice-reauthenticate-first = Por su seguridad, confirme que es usted.
notice-reauthenticate-again = Por su seguridad, confirme que es usted. Lo que escribió no se ha podido guardar; después, escríbalo de nuevo.
notice-reauthenticate-download = Por su seguridad, confirme que es usted. Después, pulse de nuevo “{ account-copy-button }”.
notice-device-ended = Se ha cerrado la sesión en ese dispositivo.
notice-others-ended = Se ha cerrado la sesión en los demás dispositivos.
notice-name-changed = Se ha cambiado su nombre.
notice-name-unchanged = Ese ya es su nombre, así que no se ha cambiado nada.
notice-language-changed = Se ha cambiado su idioma.
notice-password-changed = Se ha cambiado su contraseña. Se ha cerrado la sesión en los demás dispositivos.
notice-password-reset = Se ha cambiado su contraseña. Inicie sesión.
notice-password-first = Su contraseña se ha guardado. Inicie sesión.
notice-confirm-sent = Ya casi está. Le hemos enviado un correo; para terminar, abra el enlace que contiene.
notice-link-asked = Si hay una cuenta con esta dirección, le hemos enviado un enlace. Puede tardar unos minutos; mire también en el correo no deseado (spam).
notice-confirm-asked = Si aún falta confirmar esta dirección, le hemos enviado un enlace. Puede tardar unos minutos; mire también en el correo no deseado (spam).
notice-confirmed = Su dirección de correo está confirmada.
notice-already-confirmed = Su dirección de correo ya está confirmada.
notice-email-asked = Hemos enviado un enlace a la dirección nueva. Su dirección cambiará cuando lo abra.
notice-email-cancelled = Su dirección de correo se queda como está. El enlace que enviamos ya no funciona.
notice-email-changed = Se ha cambiado su dirección de correo.
notice-email-taken-elsewhere = Esa dirección pertenece a otra cuenta. No se ha cambiado nada.
notice-email-restored = Su cuenta vuelve a tener la dirección anterior, y se ha cerrado la sesión en todos los dispositivos. Le hemos enviado por correo un enlace para elegir una contraseña nueva.
notice-secured = Se ha cerrado la sesión en todos los dispositivos. Le hemos enviado por correo un enlace para elegir una contraseña nueva.
notice-close-asked = Le hemos enviado un enlace por correo. No se eliminará nada hasta que lo abra y pulse el botón de esa página.
notice-account-deleted = Se ha eliminado su cuenta.
notice-device-reused = Hemos cerrado la sesión en un dispositivo: la misma sesión se usó en dos lugares, así que puede que alguien la haya copiado. Si no sabe a qué se debe, cambie su contraseña.
notice-other-account = Abrió esa página con otra cuenta. No se ha cambiado nada. Inténtelo de nuevo aquí.
notice-device-logged-out = { $actor ->
    [administrator] Un administrador de este sitio cerró la sesión en este dispositivo el { $date } ({ $time }).
    [command_line] Quienes administran este sitio cerraron la sesión en este dispositivo el { $date } ({ $time }).
   *[owner] La sesión en este dispositivo se cerró el { $date } ({ $time }), { browser-from }.
}


## Errors of forms

form-not-whole = Se perdió una parte del formulario. Complételo de nuevo.
form-other-link = Ese formulario era de otro enlace. No se ha cambiado nada. Esta página corresponde al último enlace que abrió.
form-email-empty = Escriba su dirección de correo.
form-email-invalid = Escriba una dirección de correo, como ada@example.org.
form-email-same = Esa ya es su dirección de correo.
form-email-not-own = Escriba la dirección de correo de esta cuenta.
form-email-of-another = Esta no es la dirección de correo de esta cuenta.
form-name-empty = Escriba su nombre.
form-name-empty-of-another = Una cuenta necesita un nombre.
form-name-long = Use como máximo { $most } caracteres.
form-name-unprintable = Quite los caracteres invisibles.
form-name-invisible = Escriba un nombre que se pueda ver.
form-name-piled = Use menos acentos en una misma letra.
form-handle-malformed = Use de 1 a 32 caracteres: a-z, 0-9, puntos, guiones bajos y guiones, empezando y terminando por una letra o una cifra.
form-handle-reserved = Ese nombre tiene un significado propio en las aplicaciones. Elija otro.
form-password-empty = Escriba su contraseña.
form-password-wrong = Esa no es su contraseña. Inténtelo de nuevo.
form-password-wrong-account = Esa no es la contraseña de esta cuenta. Inténtelo de nuevo.
form-password-same = Esa ya es su contraseña. Elija otra.
form-new-password-empty = Escriba una contraseña.
form-new-password-short = Use al menos { $least } caracteres.
form-new-password-long = Use como máximo { $most } caracteres.
form-new-password-named = Esta contraseña es fácil de adivinar. No use su dirección, su nombre ni el nombre de este sitio.
form-new-password-example = Esta contraseña es un ejemplo que muestra este sitio. Elija sus propias palabras.
form-new-password-unjudged = No hemos podido comprobar esta contraseña. Pruebe con otra.
form-new-password-weak = Esta contraseña es fácil de adivinar.
form-terms = Para crear una cuenta, acepte las condiciones de uso.
form-language = Elija un idioma de la lista.
form-close-confirmed = Su dirección de correo se confirmó hace un momento. No se ha eliminado nada. Para eliminar la cuenta, ahora necesita un enlace que le enviaremos por correo: escriba su contraseña una vez más.
last-admin = Es el último administrador. Nombre antes a otro.
close-last-admin = Usted es el último administrador que puede iniciar sesión. Nombre antes a otro.
form-cookie-insecure = No hemos podido iniciar su sesión, porque esta página se abrió sin una conexión segura. Abra { $url } e inicie sesión allí.
form-cookie-blocked = No hemos podido iniciar su sesión, porque su navegador no guardó la cookie de este sitio. Permita las cookies de este sitio y vuelva a iniciar sesión.


## Passwords that are easy to guess

warn-key-rows = Las teclas seguidas, como “qwerty”, son fáciles de adivinar.
warn-key-pattern = Los recorridos cortos por el teclado son fáciles de adivinar.
warn-repeated-letter = Las repeticiones como “aaa” son fáciles de adivinar.
warn-repeated-part = Las repeticiones como “abcabcabc” son solo un poco más difíciles de adivinar que “abc”.
warn-top-10 = Es una de las diez contraseñas más comunes.
warn-top-100 = Es una de las contraseñas más comunes.
warn-common = Muchas personas usan esta contraseña.
warn-like-common = Se parece mucho a una contraseña que usan muchas personas.
warn-sequence = Las secuencias como “abc” o “6543” son fáciles de adivinar.
warn-year = Los años recientes son fáciles de adivinar.
warn-one-word = Una sola palabra es fácil de adivinar.
warn-date = Las fechas suelen ser fáciles de adivinar.
warn-one-name = Un solo nombre es fácil de adivinar.
warn-common-name = Los nombres comunes son fáciles de adivinar.

advice-few-words = Use varias palabras que no tengan relación entre sí, no una frase conocida.
advice-no-symbols = No hacen falta símbolos, números ni mayúsculas.
advice-more-words = Añada una o dos palabras más. Las poco comunes son mejores.
advice-capital = Una mayúscula no ayuda mucho.
advice-all-capitals = Todo en mayúsculas es casi tan fácil de adivinar como todo en minúsculas.
advice-reversed = Las palabras escritas al revés no son mucho más difíciles de adivinar.
advice-look-alikes = Los signos en lugar de letras, como “@” por “a”, no ayudan mucho.
advice-longer-pattern = Use un recorrido más largo por el teclado, con más cambios de dirección.
advice-no-repeats = No repita palabras ni letras.
advice-no-sequences = No use secuencias.
advice-no-years = No use años recientes.
advice-no-own-years = No use años que tengan que ver con usted.
advice-no-own-dates = No use fechas ni años que tengan que ver con usted.


## Too many

limit-log-in = Demasiados inicios de sesión desde su conexión a internet. Espere { duration } e inténtelo de nuevo.
limit-wrong-password = Demasiadas contraseñas incorrectas desde su conexión a internet. Espere { duration } e inténtelo de nuevo.
limit-reauthenticate = Demasiadas contraseñas incorrectas. Espere { duration } e inténtelo de nuevo.
limit-paused = Demasiadas contraseñas incorrectas para esta cuenta. Espere { duration } e inténtelo de nuevo.
limit-codes-paused = Demasiados códigos incorrectos para esta cuenta. Espere { duration } e inténtelo de nuevo.
limit-recovery-code = Demasiados códigos de recuperación incorrectos desde su conexión a internet. Espere { duration } e inténtelo de nuevo.
limit-judge-password = Ha probado muchas contraseñas nuevas. Espere { duration } e inténtelo de nuevo.
limit-ask-for-mail = Se han pedido demasiados correos desde su conexión a internet. Espere { duration } e inténtelo de nuevo.
limit-mail-by-administrator = En la última hora, los administradores han enviado muchos correos a esta dirección. Espere { duration } e inténtelo de nuevo.
limit-sign-up = Se han creado demasiadas cuentas desde su conexión a internet. Espere { duration } e inténtelo de nuevo.
limit-rename = Ha cambiado su nombre muchas veces en la última hora. Espere { duration } e inténtelo de nuevo.
limit-export = Ha descargado varias copias de sus datos en la última hora. Espere { duration } e inténtelo de nuevo.
limit-export-underway = Ya se está preparando una copia de sus datos. Espere { duration } e inténtelo de nuevo.
limit-email-changed = Su dirección de correo se ha cambiado demasiadas veces. Espere { duration } e inténtelo de nuevo.
limit-no-room = Ahora mismo no podemos enviar correos. Inténtelo de nuevo en unos minutos.


## Error pages

error-403 = No hemos podido aceptar ese formulario
error-403-advice = Abra la página en este sitio e inténtelo de nuevo.
not-a-member = Usted no tiene acceso a esta página
not-a-member-advice = { $contact ->
    [none] Solo algunas personas pueden abrirla. Si usted debería ser una de ellas, diríjase a quienes administran este sitio.
   *[other] Solo algunas personas pueden abrirla. Si usted debería ser una de ellas, diríjase a { $contact }.
}
admin-remembered = Inicie sesión de nuevo para abrir esta página
admin-remembered-advice = La sesión se ha mantenido abierta por sí sola en este dispositivo. Para esta página, ciérrela primero y luego inicie sesión de nuevo.
admin-remembered-button = Cerrar la sesión e iniciarla de nuevo
error-404 = Esta página no existe
error-404-advice = Revise la dirección o empiece desde la página de inicio.
error-405 = Esa página no se puede abrir así
error-405-advice = Empiece desde la página de inicio, o vuelva atrás e inténtelo de nuevo.
error-408 = Su conexión era demasiado lenta
error-408-advice = Revise su conexión y envíe el formulario de nuevo.
error-409 = Esta acción no se ha realizado
error-409-advice = Algo ha cambiado mientras tanto. Abra la página otra vez y revísela antes de enviar el formulario.
error-413 = Lo que envió era demasiado grande
error-413-advice = Vuelva atrás, acorte lo que escribió y envíe el formulario de nuevo.
error-415 = No hemos podido leer ese formulario
error-415-advice = Abra la página en este sitio y envíe el formulario de nuevo.
error-421 = Esta página tiene otra dirección
error-421-advice = Ábrala allí.
error-421-button = Ir a { $url }
error-429 = Demasiadas solicitudes desde su conexión a internet
error-429-advice = Espere un momento e inténtelo de nuevo.
error-429-wait = Espere { duration } e inténtelo de nuevo.
error-503 = El sitio está saturado en este momento
error-503-advice = Vuelva atrás e inténtelo de nuevo en unos segundos.
error-emails-wait = Ahora mismo no podemos enviar correos
error-emails-wait-advice = Inténtelo de nuevo en unos minutos.
error-underway = Todavía no hemos terminado
error-underway-advice = El formulario se envió dos veces, y el primer envío aún no ha terminado. Espere unos segundos y compruebe si ya está hecho antes de enviarlo otra vez.
error-no-email = Este sitio no envía correos
error-no-email-advice = { $contact ->
    [none] Pida un enlace a quienes administran este sitio.
   *[other] Pida un enlace a { $contact }.
}
error-400 = Algo en esa solicitud no era correcto
error-400-advice = Vuelva atrás e inténtelo de nuevo.
error-500 = Algo ha fallado en nuestro sitio
error-500-advice = { $contact ->
    [none] Inténtelo de nuevo en un momento. Si sigue ocurriendo, comunique este código a quienes administran este sitio.
   *[other] Inténtelo de nuevo en un momento. Si sigue ocurriendo, comunique este código a { $contact }.
}
error-code = Código de error: { $code }
error-home = Ir a la página de inicio


## Emails: what they share

email-hello-name = Hola, { $name }:
email-hello = Hola:
email-when = Cuándo: { $date }, { $time }
email-where = Dónde: dirección IP { $ip }
email-browser = Navegador: { browser }
email-by-operator = Hecho por: quienes administran este sitio
email-by-administrator = Hecho por: un administrador de este sitio
email-life = Use el enlace { duration-within }. Solo funciona una vez.
email-link-text = Si el botón no funciona, copie esta dirección en su navegador:
email-was-you = Si fue usted, no tiene que hacer nada.
email-new-password-button = Elegir una contraseña nueva
email-sent-by = Este correo lo envió { $site }, { $url }.
email-no-reply = { $contact ->
    [none] No responda a este correo; nadie lee este buzón.
   *[other] ¿Tiene preguntas? Escriba a { $contact }.
}


## Email: confirm

email-confirm-subject = Confirme su dirección de correo para { $site }
email-confirm-lead = Alguien (esperamos que haya sido usted) creó una cuenta en { $site } con esta dirección. Para confirmar que es suya, abra este enlace y escriba la contraseña que eligió:
email-confirm-button = Confirmar la dirección
email-confirm-not-you = Si no fue usted, ignore este correo; el enlace no sirve de nada sin la contraseña.


## Email: reset

email-reset-subject = Elija una contraseña nueva para { $site }
email-reset-lead = { $actor ->
    [command_line] Quienes administran { $site } le enviaron este enlace para elegir una contraseña nueva para su cuenta { $address }:
   *[owner] Alguien pidió cambiar la contraseña de su cuenta { $address }. Para elegir una nueva, abra este enlace:
}
email-reset-newest = Si lo pidió más de una vez, todos los enlaces funcionan hasta que use uno de ellos.
email-reset-not-you = Si no fue usted, ignore este correo; su contraseña sigue siendo la misma.


## Email: taken

email-taken-subject = Ya tiene una cuenta en { $site }
email-taken-lead = Alguien (quizá usted) quiso usar esta dirección para una cuenta. Ya existe una, así que no se ha cambiado nada.
email-taken-forgot = Si fue usted y no sabe su contraseña, elija una nueva aquí:
email-taken-not-you = Si no fue usted, no tiene que hacer nada.


## Email: change

email-change-subject = Confirme su nueva dirección de correo para { $site }
email-change-lead = Alguien (esperamos que sea usted) quiere usar esta dirección para su cuenta en { $site }. Para confirmarla, abra este enlace y escriba la contraseña de esa cuenta:
email-change-button = Usar esta dirección
email-change-not-you = Si no fue usted, ignore este correo; el enlace no sirve de nada sin la contraseña.


## Email: changed

email-changed-subject = Se cambió su dirección de correo en { $site }
email-changed-lead = La nueva dirección de correo de su cuenta es { $address }. A partir de ahora le escribiremos allí.
email-changed-undo = ¿No fue usted? Deshaga el cambio aquí. Su cuenta recuperará esta dirección, se cerrará la sesión en todos los dispositivos y usted elegirá una contraseña nueva:
email-changed-button = Deshacer el cambio
email-changed-life = Use el enlace { duration-within } desde el cambio. Solo funciona una vez.


## Email: moved

email-moved-subject = Su cuenta en { $site } tiene otra dirección de correo
email-moved-lead = Su cuenta { $address } tiene ahora otra dirección de correo. Se cambió con un enlace de quienes administran este sitio.
email-moved-not-you = { $contact ->
    [none] Si no lo pidió usted, avise a quienes administran este sitio.
   *[other] Si no lo pidió usted, avise a { $contact }.
}


## Email: password

email-password-subject = Se cambió su contraseña en { $site }
email-password-lead = { $actor ->
    [command_line] Se cambió la contraseña de su cuenta { $address }. Se cerró la sesión en todos los dispositivos.
   *[owner] Se cambió la contraseña de su cuenta { $address }. Se cerró la sesión en los demás dispositivos.
}
email-password-not-you = ¿No fue usted? Elija una contraseña nueva cuanto antes:


## Email: name

email-name-subject = Se cambió su nombre en { $site }
email-name-lead = Se cambió el nombre de su cuenta { $address }.
email-name-not-you = ¿No fue usted? Entonces puede que otra persona haya entrado en su cuenta. Elija una contraseña nueva; así se cierra la sesión en todos los dispositivos:


## Email: device

email-device-subject = Nuevo inicio de sesión en { $site }
email-device-lead = Alguien inició sesión en su cuenta { $address } desde un navegador que no habíamos visto antes, o que no se había usado desde que se cambió su contraseña.
email-device-not-you = ¿No fue usted? Aquí puede cerrar la sesión en todos los dispositivos y elegir una contraseña nueva:
email-device-button = Cerrar todas las sesiones


## Email: guesses

email-guesses-subject = Intentos fallidos de iniciar sesión en { $site }
email-guesses-lead = Se escribieron varias contraseñas incorrectas seguidas para su cuenta { $address }. Antes de cada nuevo intento hay que esperar más tiempo.
email-guesses-forgot = Si fue usted y no sabe su contraseña, elija una nueva aquí:
email-guesses-not-you = Si no fue usted: mientras su contraseña sea difícil de adivinar y no la use en ningún otro sitio, no tiene que hacer nada.


## Email: several

email-several-subject = Varios avisos sobre su cuenta en { $site }
email-several-lead = Esto es lo que ha ocurrido en su cuenta { $address }. Como son muchos avisos, los hemos reunido en un solo correo.
email-several-device = Alguien inició sesión desde un navegador que no habíamos visto antes, o que no se había usado desde que se cambió la contraseña.
email-several-password = { $actor ->
    [command_line] Se cambió la contraseña y se cerró la sesión en todos los dispositivos.
   *[owner] Se cambió la contraseña y se cerró la sesión en los demás dispositivos.
}
email-several-name = Se cambió el nombre.
email-several-guesses = Se escribieron varias contraseñas incorrectas seguidas.
email-several-unknown = Ocurrió otra cosa.
email-several-when = { $times ->
    [one] Cuándo: { $date }, { $time }
   *[other] Cuándo: { $times } veces; la última, el { $date }, { $time }
}
email-several-elsewhere = Dónde: otros navegadores u otras direcciones IP
email-several-not-you = ¿Hay algo que no reconoce? Aquí puede cerrar la sesión en todos los dispositivos y elegir una contraseña nueva:
email-several-moved = Su cuenta tiene ahora otra dirección de correo. Si no la cambió usted, deshaga el cambio con el enlace del correo que le enviamos para avisarle.


## Email: close

email-close-subject = Eliminar su cuenta en { $site }
email-close-lead = Alguien (esperamos que sea usted) quiere eliminar su cuenta { $address }, con su nombre, dirección, dispositivos y actividad. Para eliminarla, abra este enlace y pulse el botón de esa página:
email-close-button = Eliminar la cuenta
email-close-until = Hasta entonces no se eliminará nada. Después, no se podrá deshacer.
email-close-not-you = ¿No fue usted? No use el enlace. Quien lo pidió conoce su contraseña, así que elija una nueva:
email-close-not-you-moved = ¿No fue usted? No use el enlace. Su cuenta tiene ahora otra dirección de correo: deshaga ese cambio con el enlace del correo que le enviamos para avisarle, y elija una contraseña nueva.


## Email: invitation

email-invitation-subject = Invitación a { $site }
email-invitation-lead = Quienes administran { $site } le invitan a participar. Para aceptar, abra este enlace:
email-invitation-button = Aceptar la invitación
email-invitation-account = Si ya tiene una cuenta allí, inicie sesión primero. Después abra el enlace.
email-invitation-not-you = Si no esperaba este correo, no haga nada. Mientras no use el enlace, no ocurrirá nada.


## Emails: administration

email-account-made-subject = Una cuenta para usted en { $site }
email-account-made-lead = Quienes administran { $site } crearon una cuenta para usted: { $address }. Para elegir su contraseña, abra este enlace:
email-account-made-button = Elegir una contraseña
email-account-made-later = Si el enlace ya no funciona, aquí puede pedir otro: { $url }
email-account-made-not-you = Si no conoce este sitio, ignore este correo: sin el enlace nadie puede usar la cuenta.
email-link-made-subject = Se creó un enlace para su cuenta en { $site }
email-link-made-lead = Un administrador creó un enlace con el que se puede cambiar la contraseña o la dirección de su cuenta { $address }. Se lo entregará.
email-link-made-not-you = { $contact ->
    [none] Si no lo pidió usted, avise a quienes administran este sitio.
   *[other] Si no lo pidió usted, avise a { $contact }.
}
email-several-link-made = Un administrador creó un enlace con el que se puede cambiar la contraseña o la dirección.
email-deleted-subject = Su cuenta en { $site } se eliminó
email-deleted-lead = Un administrador eliminó su cuenta { $address }, con todo lo que contenía.
email-deleted-not-you = { $contact ->
    [none] Si no lo esperaba, pregunte a quienes administran este sitio.
   *[other] Si no lo esperaba, pregunte a { $contact }.
}


## Email: test

email-test-subject = Correo de prueba de { $site }
email-test-lead = Esto es una prueba. Los correos de { $site } ({ $url }) le llegan bien.


## Second factors

settings-security = Seguridad
security-two-factor = Autenticación de dos factores
security-on = Activada
security-off = Desactivada
security-since = Activada desde el { $date }.
security-off-hint = Cuando está activada, su contraseña sola no basta para iniciar sesión: también hace falta una aplicación o una llave de acceso en un dispositivo suyo.
security-factor-first = Primero configure una aplicación de autenticación o añada una llave de acceso.
security-required = Este sitio exige la autenticación de dos factores.
security-asks-passkey = Por eso este sitio pide su llave de acceso después de la contraseña.
security-turn-on = Activar
security-turn-off = Desactivar
security-app = Aplicación de autenticación
security-app-added = Añadida el { $date }.
security-app-used = Último uso: { $when }
security-app-stopped = Se bloqueó tras demasiados códigos incorrectos. Configúrela de nuevo.
security-app-unreadable = Este sitio ya no puede comprobar sus códigos. Configúrela de nuevo.
security-app-again-hint = ¿Tiene un teléfono nuevo? Configúrela de nuevo. La aplicación anterior vale hasta entonces.
security-app-none = Una aplicación en su teléfono muestra un código que usted escribe al iniciar sesión.
security-app-new = Configurar una aplicación
security-app-again = Configurar de nuevo
security-app-remove = Quitar
security-last-factor = Es su único segundo factor. Si lo quita, la autenticación de dos factores se desactiva y basta con su contraseña.
security-codes-left = { $count ->
    [one] Queda 1 de { $most } códigos de recuperación.
   *[other] Quedan { $count } de { $most } códigos de recuperación.
}
security-codes-none = No tiene códigos de recuperación.
security-codes-few = Cree códigos nuevos, por favor.
security-codes-hint = Con un código de recuperación puede iniciar sesión si pierde su aplicación o su llave de acceso.
security-back = Volver a Seguridad
app-setup-title = Configurar una aplicación de autenticación
app-setup-lead = Escanee esta imagen con una aplicación de autenticación en su teléfono.
app-setup-qr = Código QR para la aplicación
app-setup-secret = O escriba esta clave en la aplicación:
app-setup-open = Abrir en una aplicación de este dispositivo
app-setup-code = Código de la aplicación
app-setup-clock = La aplicación muestra un código nuevo cada 30 segundos. La hora de este sitio: { $time }.
app-setup-button = Continuar
app-setup-no-code = Escriba los seis dígitos que muestra la aplicación.
app-setup-wrong = Este código no es correcto. Escriba el código más reciente que muestra la aplicación.
app-setup-clock-fast = Este código aún no vale: el reloj de su dispositivo va { duration } adelantado, más o menos. Póngalo en hora y escriba el código más reciente.
app-setup-clock-slow = Este código ya no vale: el reloj de su dispositivo va { duration } atrasado, más o menos. Póngalo en hora y escriba el código más reciente.
codes-title = Códigos de recuperación
codes-new = Crear códigos nuevos
codes-lead = Imprima estos códigos, anótelos o guárdelos. Téngalos donde pueda encontrarlos sin su teléfono.
codes-once = Cada código vale una sola vez, en lugar de su aplicación o su llave de acceso.
codes-download = Descargar en un archivo
codes-replace = Cuando tenga códigos nuevos, los anteriores dejarán de valer.
codes-turn-on = Con esto se activará la autenticación de dos factores y se cerrará la sesión en los demás dispositivos.
codes-keep = He guardado estos códigos
codes-others = Estos no son los códigos que vio antes. Guarde estos.
codes-file-heading = Códigos de recuperación de { $address } para { $site }, creados el { $date }
form-two-factor-required = Este sitio exige la autenticación de dos factores. No se puede desactivar.
limit-change-factors = Ha cambiado sus segundos factores muchas veces en la última hora. Espere { duration } e inténtelo de nuevo.
limit-keep-codes = Ha creado muchos códigos de recuperación en la última hora. Espere { duration } e inténtelo de nuevo.
notice-two-factor-on = Se ha activado la autenticación de dos factores. Se ha cerrado la sesión en los demás dispositivos.
notice-two-factor-off = Se ha desactivado la autenticación de dos factores.
notice-add-factor-first = Primero configure una aplicación de autenticación o añada una llave de acceso. Después podrá activar la autenticación de dos factores.
notice-set-up-too-late = Ha pasado demasiado tiempo y no se ha cambiado nada. Empiece de nuevo.
notice-app-added = Se ha configurado su aplicación de autenticación.
notice-app-replaced = Se ha configurado su nueva aplicación de autenticación. La anterior ya no vale.
notice-app-removed = Se ha quitado su aplicación de autenticación.
notice-codes-kept = Tiene códigos de recuperación nuevos. Ahora solo valen estos.
notice-last-factor-removed = Ha quitado su último segundo factor, así que la autenticación de dos factores está desactivada.
notice-factor-required = Este sitio exige un segundo factor. Añada otro primero.
passkeys-title = Llaves de acceso
passkeys-lead = Con una llave de acceso inicia sesión con su huella, su rostro o el bloqueo de su pantalla, sin su contraseña. Este sitio nunca ve su huella ni su rostro.
passkeys-rest = Se restableció su contraseña, así que algunas llaves de acceso están en reposo: hasta que pulse “Volver a usar”, solo sirven junto con su contraseña. Quite las que no reconozca.
passkeys-rests = En reposo
passkeys-after-password = Solo con su contraseña
passkeys-elsewhere = Se creó para { $domain } y no se puede usar aquí.
passkeys-added = Añadida el { $date }.
passkeys-used = Último uso: { $when }
passkeys-rename = Cambiar el nombre
passkeys-name = Nombre de esta llave de acceso
passkeys-save = Guardar el nombre
passkeys-wake = Volver a usar
passkeys-remove = Quitar
passkeys-not-here = Las llaves de acceso no funcionan en la dirección de este sitio.
passkeys-add = Añadir una llave de acceso
passkeys-plain = ¿No funciona su llave de seguridad?
passkeys-plain-hint = Una llave de seguridad sin PIN solo sirve junto con su contraseña.
passkeys-plain-add = Añadir una llave de seguridad
passkeys-no-script = Las llaves de acceso necesitan JavaScript.
passkeys-default-name = Llave de acceso ({ browser })
passkeys-name-empty = Escriba un nombre para esta llave de acceso.
notice-passkey-added = Se ha añadido su llave de acceso.
notice-passkey-saved = Se ha guardado una llave de acceso en su gestor de contraseñas.
notice-passkey-not-added = No se ha podido añadir su llave de acceso. Inténtelo de nuevo.
notice-too-many-passkeys = Tiene todas las llaves de acceso que puede tener una cuenta. Quite una antes de añadir otra.
notice-passkey-renamed = Su llave de acceso tiene un nombre nuevo.
notice-passkey-removed = Se ha quitado su llave de acceso.
notice-passkey-woken = Su llave de acceso vuelve a iniciar sesión sin su contraseña.
# second.html: title and heading
second-title = Un paso más
# second.html; $address: the address of the account
second-lead = Confirme que es usted: está iniciando sesión como { $address }.
# second.html: button
second-passkey-button = Usar una llave de acceso
# second.html, without JavaScript and with a passkey
second-passkey-script = Su llave de acceso necesita JavaScript. Puede usar un código de recuperación.
# second.html: field
second-code = Código de su aplicación de autenticación
# second.html, recovery.html: button
second-button = Continuar
# second.html: link to recovery.html
second-recovery = Usar un código de recuperación
# second.html: button; gives this login up
second-cancel = ¿No es usted? Empezar de nuevo
# features/login/second_page.rs: field is empty
second-code-empty = Escriba el código de su aplicación.
# features/login/second_page.rs: code is wrong
second-code-wrong = Este código no es correcto. Escriba el código más reciente que su aplicación muestra para { $site }.
# features/login/second_page.rs: code is right, and was used before
second-code-used = Este código ya se ha usado. Espere al siguiente.
# features/login/second_page.rs: the app was stopped after very many wrong codes
second-app-stopped = Su aplicación de autenticación se detuvo después de demasiados códigos incorrectos. Use una llave de acceso o un código de recuperación.
second-app-unreadable = Este sitio ya no puede comprobar los códigos de su aplicación de autenticación. Use una llave de acceso o un código de recuperación y después vuelva a configurar la aplicación.
notice-app-stopped = Su aplicación de autenticación se detuvo después de demasiados códigos incorrectos. Vuelva a iniciar sesión con una llave de acceso o un código de recuperación.
# features/login/second_page.rs, recovery_page.rs: the form was shown for another login than the one that waits now
second-other-login = Ha empezado otro inicio de sesión en este navegador. Esta página se refiere ahora a ese.
# recovery.html: title and heading
recovery-title = Código de recuperación
# recovery.html; $address: the address of the account
recovery-lead = Escriba uno de los códigos de recuperación de { $address }. Cada uno sirve una vez.
# recovery.html: field
recovery-code = Código de recuperación
# recovery.html: below the field
recovery-hint = Dieciséis letras y cifras. Los guiones y los espacios no importan.
# recovery.html: link to second.html
recovery-back = Volver
# features/login/recovery_page.rs: field is empty
recovery-code-empty = Escriba uno de sus códigos de recuperación.
# features/login/recovery_page.rs: code is wrong
recovery-code-wrong = No es uno de sus códigos de recuperación, o ya se ha usado.
# the login page, after a login that was not finished in ten minutes
notice-log-in-too-late = Este paso ha terminado. Vuelva a iniciar sesión.
# after a login with a recovery code; a link follows
notice-recovery-code-used = Ha usado un código de recuperación.
# the link after notice-recovery-code-used, to the page Security
notice-recovery-code-used-link = Ver cuántos quedan
# the page of the recovery codes, after a login with one of the last
notice-few-codes-left = Ha usado un código de recuperación y quedan pocos. Cree códigos nuevos.
notice-operator-code-used = Ha usado un código que le dieron los responsables de este sitio. Vuelva a configurar su aplicación o una llave de acceso.
# web/notice.rs: a page was asked for in a session without a second factor
notice-second-factor-required = Este sitio exige un segundo factor. Añada uno para continuar o vuelva a iniciar sesión con su llave de acceso.
passkey-failed = Esta llave de acceso no ha funcionado aquí. Pruebe de otra forma.
passkey-known = Este dispositivo ya tiene una llave de acceso para esta cuenta.
passkey-elsewhere = Las llaves de acceso funcionan en { $address }.
email-factor-added-subject = Nueva forma de entrar en su cuenta de { $site }
email-factor-added-lead = Se añadió una aplicación de autenticación o una llave de acceso a su cuenta { $address }.
email-several-factor-added = Se añadió una aplicación de autenticación o una llave de acceso.
email-factor-removed-subject = Se quitó un segundo factor de su cuenta de { $site }
email-factor-removed-lead = Se quitaron una aplicación de autenticación, una llave de acceso o los códigos de recuperación de su cuenta { $address }.
email-several-factor-removed = Se quitaron una aplicación de autenticación, una llave de acceso o los códigos de recuperación.
email-two-factor-on-subject = La autenticación de dos factores de { $site } está activada
email-two-factor-on-lead = Se activó la autenticación de dos factores de su cuenta { $address }. A partir de ahora, iniciar sesión requiere un segundo paso después de la contraseña.
email-several-two-factor-on = Se activó la autenticación de dos factores.
email-two-factor-off-subject = La autenticación de dos factores de { $site } está desactivada
email-two-factor-off-lead = Se desactivó la autenticación de dos factores de su cuenta { $address }. A partir de ahora, basta la contraseña para iniciar sesión.
email-several-two-factor-off = Se desactivó la autenticación de dos factores.
email-codes-kept-subject = Códigos de recuperación nuevos de { $site }
email-codes-kept-lead = Su cuenta { $address } tiene códigos de recuperación nuevos. Los anteriores ya no funcionan.
email-several-codes-kept = Hay códigos de recuperación nuevos; los anteriores ya no funcionan.
email-code-used-subject = Se usó un código de recuperación en { $site }
email-code-used-lead = Alguien usó un código de recuperación de su cuenta { $address }. Cada código funciona una sola vez.
email-several-code-used = Se usó un código de recuperación.
email-app-stopped-subject = Su aplicación de autenticación ya no funciona en { $site }
email-app-stopped-lead = Se escribieron muchísimos códigos incorrectos para su cuenta { $address }, así que los códigos de su aplicación de autenticación ya no funcionan. Inicie sesión con un código de recuperación o una llave de acceso y configure la aplicación de nuevo. Quien escribió los códigos conoce su contraseña.
email-several-app-stopped = Se escribieron muchísimos códigos incorrectos, así que la aplicación de autenticación ya no funciona.
email-passkey-copied-subject = Puede que se haya copiado una llave de acceso de su cuenta de { $site }
email-passkey-copied-lead = Se usó una llave de acceso de su cuenta { $address } de la que quizá exista más de una copia. Es normal si acaba de hacerse una copia de seguridad. Si no, quítela.
email-several-passkey-copied = Se usó una llave de acceso que quizá se haya copiado.
email-unfinished-subject = Alguien escribió su contraseña en { $site }
email-unfinished-lead = Alguien escribió la contraseña correcta de su cuenta { $address } en un navegador que no conocemos y no pasó del segundo paso. Esa persona conoce su contraseña.
email-several-unfinished = Alguien escribió la contraseña correcta en un navegador desconocido y no pasó del segundo paso.
# reauthenticate.html, with two-factor authentication: title and heading
reauthenticate-title-factor = Confirme que es usted
# reauthenticate.html, the same; $address: the address of the account
reauthenticate-lead-factor = Ha iniciado sesión con { $address }.
# reauthenticate.html: field
reauthenticate-code = Código de su aplicación de autenticación, o un código de recuperación
# features/login/reauthenticate_page.rs: the form was shown before
reauthenticate-switched = Mientras tanto se ha activado o desactivado la autenticación de dos factores. Esta página pide ahora otra cosa.
login-passkey = Iniciar sesión con una llave de acceso
notice-passkey-unknown = Esta llave de acceso no se conoce aquí. Puede que se haya quitado.
notice-passkey-refused = No se ha podido usar esta llave de acceso. Inténtelo de nuevo o inicie sesión de otra forma.
notice-passkey-rests = Desde que se restableció su contraseña, esta llave de acceso no basta por sí sola. Inicie sesión con su contraseña y pulse después “Volver a usar” en “Configuración”, “Seguridad”.
secure-undoes = También se desharán estos cambios:
secure-app = { $act ->
    [added] Se añadió una aplicación de autenticación.
    [removed] Se quitó la aplicación de autenticación.
   *[other] La aplicación de autenticación se sustituyó por otra.
}
secure-passkey = { $act ->
    [added] Se añadió la llave de acceso { $passkey }.
   *[other] Se quitó la llave de acceso { $passkey }.
}
secure-codes = { $act ->
    [added] Se crearon códigos de recuperación.
    [removed] Se quitaron los códigos de recuperación.
   *[other] Los códigos de recuperación se sustituyeron por otros nuevos.
}
secure-two-factor = { $act ->
    [added] Se activó la autenticación de dos factores.
   *[other] Se desactivó la autenticación de dos factores.
}


## Administration

nav-admin = Administración
admin-title = Administración
admin-nav-accounts = Cuentas
admin-nav-invitations = Invitaciones
admin-nav-groups = Grupos
admin-nav-apps = Aplicaciones
admin-nav-emails = Correos
admin-nav-activity = Actividad
admin-nav-system = Sistema
admin-accounts-title = Cuentas
admin-search = Búsqueda
admin-search-hint = Una dirección de correo completa, un ID, o parte de una dirección o de un nombre. Se busca en todas las cuentas.
admin-search-button = Buscar cuentas
admin-search-busy = Otra búsqueda sigue en curso. Vuelva a intentarlo en un momento.
admin-search-too-long = Esto tarda demasiado. Escriba la dirección completa o siga buscando en cuentas más antiguas.
admin-search-on = Seguir buscando
admin-show = Filtro
admin-show-all = Todas las cuentas
admin-show-unconfirmed = Dirección sin confirmar
admin-show-disabled = Desactivadas
admin-show-unused = Nunca usadas
admin-show-groups = En un grupo
admin-show-button = Mostrar
admin-accounts-count = { $count ->
    [one] 1 cuenta
   *[other] { $number } cuentas
}
admin-accounts-many = Más de { $number } cuentas
admin-accounts-order = primero las más recientes
admin-count-all = Contarlas todas
admin-accounts-none = No hay cuentas así.
admin-newer = Más recientes
admin-oldest = Las más antiguas
admin-open = Abrir
admin-mark-disabled = Desactivada
admin-mark-unconfirmed = Sin confirmar
admin-groups = Grupos: { $groups }
admin-made = Creada el { $date }
admin-logged-in = Último inicio de sesión: { $when }
admin-never-logged-in = Nunca ha iniciado sesión
admin-account-title = Cuenta de { $name }
admin-own-account = Esta es su propia cuenta. Cámbiela en la configuración.
admin-login = ¿Puede esta persona iniciar sesión?
admin-login-password = Sí, con la contraseña correcta.
admin-login-network = Salvo que su red deba esperar tras contraseñas incorrectas de otras personas:
admin-login-factor = Sí, con la contraseña correcta y un segundo paso.
admin-login-passkey = Sí, con una llave de acceso.
admin-login-waits = Con la contraseña hay que esperar.
admin-clock = El reloj de este sitio marca { $when }. Los códigos de una aplicación de autenticación solo son correctos si el teléfono marca la misma hora.
admin-why-disabled = La cuenta está desactivada desde el { $date } ({ $time }).
admin-why-unconfirmed = La dirección de correo no está confirmada.
admin-why-no-password = No hay contraseña.
admin-why-unused = El enlace todavía no se ha usado.
admin-why-paused = Tras contraseñas incorrectas, los navegadores nuevos deben esperar hasta el { $date } ({ $time }).
admin-why-codes-paused = Tras códigos incorrectos, los navegadores nuevos deben esperar hasta el { $date } ({ $time }).
admin-why-no-factor = No hay ningún segundo factor que funcione, ni códigos de recuperación.
admin-why-network = De la red de { $ip } llegaron demasiadas contraseñas incorrectas: desde allí todos deben esperar hasta el { $date } ({ $time }).
admin-facts = Sobre esta cuenta
admin-confirmed = Dirección de correo confirmada el { $date }
admin-not-confirmed = Dirección de correo sin confirmar
admin-disabled = Desactivada desde el { $date }
admin-language = Idioma: { $language }
admin-pending = { $by ->
    [administrator] La administración creó un enlace que cambia la dirección a { $address }.
    [command_line] Se creó en la línea de comandos un enlace que cambia la dirección a { $address }.
   *[owner] Se pidió cambiar la dirección a { $address }.
}
admin-id = ID de esta cuenta:
admin-handle = Nombre de usuario en las aplicaciones:
admin-handle-change = Cambiar el nombre de usuario en las aplicaciones
admin-handle-hint = Las aplicaciones conocen a esta persona por él y guardan bajo él lo que es suyo. Un nombre que alguien tuvo no pasa nunca a otra cuenta. Para no dar ninguno, deje el campo vacío.
admin-handle-field = Nombre de usuario
admin-handle-example = ada
admin-handle-button = Guardar el nombre de usuario
admin-handle-taken = Otra cuenta tiene ese nombre de usuario.
admin-handle-used = Otra cuenta tuvo ese nombre de usuario. Puede que haya aplicaciones que guarden algo bajo él, así que nadie más lo recibe.
admin-memberships = { $count ->
    [0] En ningún grupo
    [one] En 1 grupo
   *[other] En { $count } grupos
}
admin-memberships-show = Mostrar estos grupos
admin-membership-join = Añadir a un grupo
admin-membership-choice = Elija un grupo
admin-membership-button = Añadir al grupo
admin-membership-none = Elija primero un grupo.
admin-membership-unconfirmed = La dirección no está confirmada: cualquiera puede haberse registrado con ella. Si sabe que fue la persona correcta, confírmela antes. Después podrá añadir la cuenta a un grupo.
admin-factor-app = Aplicación de autenticación, añadida el { $date }
admin-factor-app-used = Usada por última vez el { $date }
admin-factor-app-stopped = La aplicación se bloqueó tras demasiados códigos incorrectos. Hay que configurarla de nuevo.
admin-factor-app-unreadable = Este sitio ya no puede comprobar los códigos de la aplicación. Hay que configurarla de nuevo.
admin-factor-passkeys = { $count ->
    [one] 1 llave de acceso
   *[other] { $count } llaves de acceso
}
admin-factor-codes = { $count ->
    [one] Queda 1 código de recuperación
   *[other] Quedan { $count } códigos de recuperación
}
admin-factors-remove = Quitar todos los segundos factores
admin-factors-hint = Si los quita, desaparecen la aplicación, todas las llaves de acceso y los códigos de recuperación, y se cierra la sesión en todos los dispositivos. Asegúrese de que habla con la persona correcta.
admin-devices = { $count ->
    [0] Sin sesiones abiertas
    [one] Sesión abierta en 1 dispositivo
   *[other] Sesión abierta en { $count } dispositivos
}
admin-logout = Cerrar todas las sesiones
admin-emails = Correos en espera
admin-acts = Qué puede hacer
admin-link = Crear un enlace de restablecimiento
admin-link-hint = Un enlace para elegir una contraseña nueva. Lo verá una vez y lo entregará usted.
admin-told = Se avisa por correo a la persona.
admin-confirms-too = También confirma { $address }: quien lea su correo podrá quedarse con la cuenta, con sus grupos.
admin-mistyped = { $password ->
    [no] Si está mal escrita, elimine la cuenta y créela de nuevo.
   *[yes] Si está mal escrita, cambie la dirección.
}
admin-link-lead = Solo { $name } debería ver esto. Se muestra una sola vez.
admin-link-qr = El mismo enlace como código QR
admin-link-ends = Funciona una vez, hasta el { $when }.
admin-confirm = Confirmar la dirección
admin-confirm-hint = Solo si sabe que esta persona se registró: cualquiera puede haber escrito su dirección.
admin-unlock = Anular la espera
admin-unlock-hint = Si anula la espera, las contraseñas y códigos incorrectos para esta cuenta dejan de contar.
admin-disable = Desactivar la cuenta
admin-disable-hint = Nadie podrá iniciar sesión en ella y se cerrarán enseguida todas las sesiones. Puede volver a activarla.
admin-enable = Activar la cuenta
admin-enable-hint = Su titular podrá volver a iniciar sesión.
admin-address = Cambiar la dirección de correo
admin-address-hint = Esto crea un enlace que usted entrega. La dirección solo cambia cuando se abre y se escribe la contraseña.
admin-address-button = Crear el enlace
admin-account-same-email = Esa ya es la dirección de esta cuenta.
admin-account-needs-password = No hay contraseña, y el enlace la pediría. Cree primero un enlace de restablecimiento.
admin-delete = Eliminar la cuenta
admin-delete-hint = Se eliminarán la cuenta y todo lo que contiene. No se puede deshacer. Para asegurarse de que es la correcta, escriba su dirección: { $address }
admin-delete-button = Eliminar esta cuenta
admin-activity-lead = Con las palabras que lee el titular de la cuenta.
admin-activity-change = Antes: { $before }; después: { $after }
admin-back = Volver a las cuentas
admin-new-title = Cuenta nueva
admin-new-lead = La cuenta aún no tiene contraseña. La página siguiente muestra un enlace para elegir una, que usted entrega.
admin-new-lead-mail = La cuenta aún no tiene contraseña. Enviaremos un enlace para elegir una, y la página siguiente también le mostrará uno.
admin-new-groups = Grupos (opcional)
admin-new-groups-hint = Nombres o títulos de grupos, separados por comas. Hay: { $groups }
admin-new-groups-none = Nombres o títulos de grupos, separados por comas.
admin-new-no-group = No hay ningún grupo { $group }.
admin-new-several-groups = Varios grupos se llaman { $title }. Escriba el nombre del que quiere.
admin-new-taken = Esa dirección pertenece a otra cuenta.
admin-new-button = Crear la cuenta


## Administration: invitations, groups, emails, activity, system

admin-paging-first = Primeros
admin-paging-back = Anteriores
admin-paging-on = Más
admin-invitations-title = Invitaciones
admin-invitations-lead = Quienes tienen el enlace de una invitación pueden crear una cuenta o unirse a grupos con la suya.
admin-invitations-open = { $count ->
    [one] 1 invitación abierta
   *[other] { $count } invitaciones abiertas
}
admin-invitations-none = No hay invitaciones.
admin-invitations-too-many = Hay { $count } invitaciones abiertas, y ese es el máximo. Retire antes algunas.
admin-new-invitation-title = Nueva invitación
admin-new-invitation-lead = La página siguiente muestra el enlace y su código QR, una sola vez.
admin-new-invitation-button = Crear la invitación
admin-invitation-title = Invitación
admin-invitation-for = Solo para { $address }
admin-invitation-for-anyone = Para cualquiera que tenga el enlace
admin-invitation-left = { $count ->
    [one] Queda 1 uso
   *[other] Quedan { $count } usos
}
admin-invitation-ends = Hasta { $when }
admin-invitation-used-up = Agotada
admin-invitation-unbacked = Ya no funciona: el administrador que la creó ha perdido sus derechos.
admin-invitation-over = Terminada: { $when }
admin-invitation-made = Creada: { $when }
admin-invitation-used = { $count ->
    [0] Aún no usada
    [one] Usada por 1 cuenta
   *[other] Usada por { $count } cuentas
}
admin-invitation-link-lead = Dé este enlace solo a quienes invita. Se muestra una sola vez.
admin-invitation-revoke = Retirar la invitación
admin-invitation-revoke-hint = Si la retira, su enlace deja de funcionar al instante. Las cuentas que la usaron permanecen.
admin-invitation-renew = Nuevo enlace
admin-invitation-renew-hint = Recibe un enlace nuevo y un plazo nuevo. El enlace anterior deja de funcionar. Todo lo demás queda igual.
admin-invitation-renew-button = Crear un enlace nuevo
admin-invitation-note = Nota (opcional)
admin-invitation-note-hint = Para qué es. Solo la leen los administradores, nunca los invitados.
admin-invitation-note-wrong = Use como máximo 200 caracteres en una sola línea.
admin-invitation-email = Dirección de correo (opcional)
admin-invitation-email-hint = Si indica una, solo esa dirección puede usarla, y cuenta como confirmada.
admin-invitation-mail = Enviar también el enlace a esta dirección
admin-invitation-handle = Nombre de usuario en las aplicaciones (opcional)
admin-invitation-handle-hint = Las aplicaciones conocen por él a quien usa la invitación. Quien ya tiene uno conserva el suyo.
admin-invitation-handle-once = Un nombre de usuario es de una sola cuenta. Indique 1 o deje vacío el nombre de usuario.
admin-invitation-handle-promised = Otra invitación trae este nombre de usuario. Elija otro o retire esa invitación.
admin-invitation-handle-gone = El nombre de usuario { $handle } ya no está libre. Cree otra invitación.
admin-invitation-mail-where = Escriba la dirección a la que se enviará el enlace, o quite la marca de abajo.
admin-invitation-uses = Cuántas cuentas pueden usarla
admin-invitation-uses-hint = De 1 a 10000
admin-invitation-uses-wrong = Indique un número de 1 a 10000.
admin-invitation-uses-once = Una invitación para una dirección solo puede usarse una vez. Indique 1 o deje vacía la dirección.
admin-invitation-lasts = Cuánto dura
admin-invitation-back = Volver a las invitaciones
group-admins = Administración
admin-groups-title = Grupos
admin-groups-lead = Hay páginas y aplicaciones que pueden estar abiertas solo para los miembros de un grupo.
admin-new-group = Nuevo grupo
admin-new-group-button = Crear el grupo
admin-group-name = Nombre del grupo
admin-group-name-example = coro
admin-group-name-hint = Letras minúsculas, cifras, puntos, guiones bajos y guiones. Después no se puede cambiar.
admin-group-name-wrong = Use de 1 a 64 caracteres: a-z, 0-9, puntos, guiones bajos y guiones, empezando por una letra o una cifra.
admin-group-title-field = Cómo se le llama (opcional)
admin-group-title-hint = Se muestra en lugar del nombre, por ejemplo “El coro”.
admin-group-title-wrong = Use como máximo 100 caracteres en una sola línea.
admin-group-taken = Ya hay un grupo con este nombre.
admin-group-title = Grupo: { $title }
admin-group-of-admins = Los miembros de este grupo pueden hacer todo en estas páginas.
admin-group-join = Añadir una cuenta
admin-group-join-hint = La dirección de correo de una cuenta que existe.
admin-group-join-button = Añadir
admin-group-members = Miembros
admin-group-apps = Aplicaciones que piden este grupo
admin-group-leave = Quitar del grupo
admin-group-delete = Eliminar el grupo
admin-group-delete-hint = Todos sus miembros lo dejan, y sus cuentas permanecen. No se puede deshacer. Para asegurarse de que es el correcto, escriba su nombre: { $name }
admin-group-apps-close = { $count ->
    [one] La aplicación { $apps } pide este grupo: quienes entran solo por él quedan fuera al momento.
   *[other] Las aplicaciones { $apps } piden este grupo: quienes entran solo por él quedan fuera al momento.
}
admin-group-apps-nobody = { $count ->
    [one] Nadie podrá abrir { $apps } entonces: no nombra ningún otro grupo.
   *[other] Nadie podrá abrir { $apps } entonces: no nombran ningún otro grupo.
}
admin-group-delete-button = Eliminar este grupo
admin-group-back = Volver a los grupos
admin-group-no-account = Ninguna cuenta tiene esta dirección. Puede invitar a esta persona.
admin-group-unconfirmed = Esta dirección no está confirmada: cualquiera puede haberse registrado con ella. Si sabe que fue la persona correcta, confírmela antes en la página de la cuenta.
admin-group-member = Esta cuenta ya está en el grupo.
admin-group-not-its-name = Ese no es el nombre de este grupo.
admin-apps-title = Aplicaciones
admin-apps-lead = Aplicaciones de cualquier tipo que están detrás de su proxy. En cada petición, este pregunta a este sitio quién es y si puede entrar.
admin-apps-none = Todavía no hay aplicaciones.
admin-new-app-title = Nueva aplicación
admin-new-app-lead = Indique dónde está la aplicación y quién puede abrirla. La página siguiente muestra el comando que escribe las líneas para su proxy.
admin-new-app-button = Añadir la aplicación
admin-app-name = Nombre de la aplicación
admin-app-name-example = wiki
admin-app-name-hint = Letras minúsculas, cifras, puntos, guiones bajos y guiones. Así la llaman los comandos y los archivos. Después no se puede cambiar.
admin-app-taken = Ya hay una aplicación con este nombre.
admin-app-title-hint = Se muestra en lugar del nombre, por ejemplo “Nuestra wiki”.
admin-app-title-wrong = Use como máximo 60 caracteres en una sola línea.
admin-app-at = Direcciones de la aplicación (opcional)
admin-app-at-hint = Una por línea, por ejemplo https://wiki.example.org: sin ruta, y con puerto solo si hay que escribirlo. Sin ninguna, todavía nadie puede abrirla.
admin-app-at-wrong = { $origin } no es una dirección así. Escriba una como https://wiki.example.org, con letras, cifras y guiones entre los puntos y sin ruta.
admin-app-groups = Grupos que pueden abrirla (opcional)
admin-app-groups-hint = Nombres o títulos de grupos, separados por comas. Sin ninguno, puede abrirla cualquiera que tenga una cuenta. Hay: { $groups }
admin-app-groups-none = Nombres o títulos de grupos, separados por comas. Sin ninguno, puede abrirla cualquiera que tenga una cuenta.
admin-app-paths = Partes con una regla propia (opcional)
admin-app-paths-hint = Una por línea: una ruta y después los grupos que pueden abrirla, con todo lo que haya debajo, por ejemplo “/admin admins”. Para cualquiera, sin iniciar sesión: “/public open”. Con “preflight” al final, los navegadores pueden preguntar allí desde otros sitios (CORS).
admin-app-path-wrong = { $path } no sirve aquí como ruta. Empiece por una barra y use a-z, A-Z, 0-9 y - . _ ~ @ entre las barras. Ninguna parte acaba en punto, así que .. tampoco sirve.
admin-app-path-for-whom = Indique quién puede abrir { $path }: nombres de grupos, o solo “open”.
admin-app-path-twice = { $path } aparece dos veces.
admin-app-user = Cómo conoce la aplicación a una persona
admin-app-user-handle = Nombre de usuario o ID
admin-app-user-email = Dirección de correo
admin-app-user-id = ID de la cuenta
admin-app-user-hint = La aplicación lo lee en la cabecera Remote-User y guarda bajo él lo que es de una persona. El nombre de usuario es el de las aplicaciones; quien no tiene ninguno se conoce por el ID. Una dirección de correo puede cambiar, y más tarde puede ser de otra persona.
admin-app-fresh = Pedir que se inicie sesión de nuevo tras (opcional)
admin-app-fresh-hint = Un tiempo como 15m o 8h, de 1m a 30d. Sin él, la aplicación sigue abierta mientras dure aquí la sesión.
admin-app-fresh-wrong = Escriba un tiempo de 1m a 30d, por ejemplo 15m.
admin-app-too-many-groups = Se pueden nombrar como máximo { $count } grupos, para la aplicación y para cada parte.
admin-app-too-many-addresses = Una aplicación tiene como máximo { $count } direcciones.
admin-app-too-many-paths = Como máximo { $count } partes pueden tener una regla propia.
admin-app-host-twice = { $host } aparece dos veces. Los navegadores guardan una sola sesión por host, sea cual sea el puerto.
admin-app-host-own = { $host } es este mismo sitio. Una aplicación necesita un host propio.
admin-app-host-plain = { $host } necesita https, como este sitio. Sin él, los inicios de sesión viajarían sin protección.
admin-app-host-taken = { $host } ya es de la aplicación { $app }. Cada host es de una sola aplicación.
admin-app-meanwhile = Mientras tanto, { $name } ha cambiado la aplicación. Mire lo que dice ahora y guarde de nuevo.
admin-app-meanwhile-operator = Mientras tanto, la aplicación se ha cambiado desde la línea de comandos. Mire lo que dice ahora y guarde de nuevo.
admin-app-meanwhile-someone = Mientras tanto, la aplicación ha cambiado. Mire lo que dice ahora y guarde de nuevo.
admin-app-now = Ahora dice: { $now }
admin-app-now-empty = Ahora está vacío.
admin-app-title = Aplicación: { $title }
admin-app-mark-disabled = Desactivada
admin-app-details = Detalles
admin-app-disabled = Desactivada desde el { $date }
admin-app-nowhere = Todavía no tiene dirección.
admin-app-who = Quién puede abrirla
admin-app-for-accounts = Cualquiera que tenga una cuenta
admin-app-for-all = Cualquiera, sin iniciar sesión
admin-app-all-open = { $path } está abierta a todos, también sin iniciar sesión: toda la aplicación lo está.
admin-app-rest-open = { $path } está abierta a todos, también sin iniciar sesión: toda la aplicación, salvo las partes de abajo.
admin-app-part-open = { $path } y todo lo que hay debajo está abierto a todos, también sin iniciar sesión.
admin-app-part = { $path } y todo lo que hay debajo es solo para miembros de: { $groups }
admin-app-of-groups = Miembros de alguno de estos grupos: { $accounts }
admin-app-no-group = Ese grupo no existe, así que no hay nadie en él.
admin-app-accounts-show = Ver las cuentas
admin-app-accounts-title = Cuentas que pueden abrir { $title }
admin-app-proxy = Su proxy
admin-app-proxy-hint = Este comando, con las opciones y variables del sitio, escribe las líneas para nginx. Hace lo mismo para caddy, traefik, haproxy y envoy. La dirección del final es aquella en la que escucha la propia aplicación.
admin-app-proxy-check = Cuando estén puestas, este pregunta a través del proxy y dice si algo no está bien.
admin-app-proxy-untrusted = trusted_proxies está vacío, así que ningún proxy puede preguntar por una aplicación. Para un proxy en este equipo, ponga { $example } y reinicie el sitio.
admin-app-proxy-nowhere = Escriba más abajo una dirección de la aplicación. Entonces aparecerá aquí el comando que escribe las líneas para su proxy.
admin-app-settings = Ajustes de la aplicación
admin-app-settings-button = Guardar la aplicación
admin-app-disable = Desactivar la aplicación
admin-app-disable-hint = Nadie podrá abrirla, desde la próxima petición. Puede volver a activarla.
admin-app-enable = Activar la aplicación
admin-app-enable-hint = Quienes pueden abrirla vuelven a entrar.
admin-app-remove = Quitar la aplicación
admin-app-remove-hint = La página siguiente dice qué se acaba con ello, antes de quitar nada.
admin-app-back = Volver a las aplicaciones
admin-app-back-to-it = Volver a la aplicación
admin-app-remove-title = ¿Quitar { $title }?
admin-app-remove-lead = La aplicación en sí sigue funcionando, con todo lo que ha guardado. Pero este sitio ya no la conocerá.
admin-app-remove-accounts = Pueden abrirla ahora: { $who }
admin-app-remove-browsers = { $count ->
    [0] Ahora mismo no hay ningún navegador con la sesión iniciada en ella.
    [one] Ahora mismo hay 1 navegador con la sesión iniciada en ella, que se cierra enseguida.
   *[other] Ahora mismo hay { $count } navegadores con la sesión iniciada en ella, que se cierra enseguida.
}
admin-app-remove-many-browsers = Ahora mismo hay más de { $count } navegadores con la sesión iniciada en ella, que se cierra enseguida.
admin-app-remove-addresses = { $count ->
    [0] No tiene dirección.
    [one] El proxy ya no deja pasar a nadie a su dirección, ni siquiera a sus partes abiertas.
   *[other] El proxy ya no deja pasar a nadie a sus { $count } direcciones, ni siquiera a sus partes abiertas.
}
admin-app-remove-instead = No se puede deshacer. Para cerrar la aplicación un tiempo, desactívela.
admin-app-remove-button = Quitar esta aplicación
admin-emails-title = Correos
admin-emails-off = Este sitio no envía correos.
admin-emails-turn-on = Para activar los correos, ponga base_url, smtp_url y mail_from y reinicie el sitio.
admin-emails-waiting = { $count ->
    [0] Ningún correo espera a ser enviado.
    [one] 1 correo espera a ser enviado.
   *[other] { $count } correos esperan a ser enviados.
}
admin-emails-given-up = { $count ->
    [one] 1 correo no se pudo enviar. Se muestra durante una semana.
   *[other] { $count } correos no se pudieron enviar. Se muestran durante una semana.
}
admin-emails-hint = Un correo enviado desaparece de esta lista. Si descarta uno que era para una cuenta, su titular lo ve en la actividad.
admin-emails-none = No hay correos que mostrar.
admin-email-queued = Escrito: { $when }
admin-email-kind = { $kind ->
    [confirm] Un enlace que confirma la dirección
    [reset] Un enlace para elegir una contraseña nueva
    [account-made] Una cuenta nueva, con un enlace para elegir una contraseña
    [taken] Un registro con una dirección que ya tiene una cuenta
    [change] Un enlace que cambia la dirección de una cuenta
    [changed] Se cambió la dirección de la cuenta, con un enlace que lo deshace
    [moved] Se cambió la dirección de la cuenta
    [password] Se cambió la contraseña
    [name] Se cambió el nombre
    [device] Un inicio de sesión desde un navegador nuevo
    [guesses] Varias contraseñas incorrectas
    [factor-added] Se añadió un segundo factor
    [factor-removed] Se quitó un segundo factor
    [two-factor-on] Se activó la autenticación de dos factores
    [two-factor-off] Se desactivó la autenticación de dos factores
    [codes-kept] Códigos de recuperación nuevos
    [code-used] Se usó un código de recuperación
    [app-stopped] Se detuvo la aplicación de autenticación
    [passkey-copied] Quizá se haya copiado una llave de acceso
    [unfinished] Un inicio de sesión sin terminar
    [link-made] Un administrador creó un enlace
    [several] Varias cosas que ocurrieron con la cuenta
    [close] Un enlace que elimina la cuenta
    [deleted] Se eliminó la cuenta
    [invitation] Una invitación
   *[other] { $kind }
}
admin-email-attempts = { $count ->
    [one] Intentado una vez
   *[other] Intentado { $count } veces
}
admin-email-next = Próximo intento: { $when }
admin-email-given-up = No enviado
admin-email-retry = Reintentar ahora
admin-email-drop = Descartar
admin-activity-title = Actividad
admin-activity-about = Lo que hicieron los administradores y lo que se hizo en la línea de órdenes.
admin-activity-kept = { $count ->
    [one] Se guarda 1 día.
   *[other] Se guarda { $count } días.
}
admin-activity-who = Hecho por:
admin-activity-operator = Hecho en la línea de órdenes
admin-did-signed-up = Se creó una cuenta
admin-did-unlocked = Se terminó la espera tras contraseñas y códigos incorrectos
admin-did-device-ended = Se cerró la sesión de un dispositivo
admin-did-all-ended = Se cerró la sesión de todos los dispositivos
admin-did-password-changed = Se cambió la contraseña
admin-did-reset-link-made = Se creó un enlace para elegir una contraseña nueva
admin-did-confirmed = Se confirmó la dirección de correo
admin-did-email-change-asked = Se creó un enlace para cambiar la dirección de correo
admin-did-name-changed = Se cambió el nombre
admin-did-handle-changed = Se cambió el nombre de usuario en las aplicaciones
admin-did-disabled = Se desactivó una cuenta
admin-did-enabled = Se reactivó una cuenta
admin-did-group-created = Se creó un grupo
admin-did-group-deleted = Se eliminó un grupo
admin-did-group-title-changed = Se cambió el título de un grupo
admin-did-group-joined = Se añadió una cuenta a un grupo
admin-did-group-left = Se quitó una cuenta de un grupo
admin-did-app-created = Se añadió una aplicación
admin-did-app-changed = Se cambió una aplicación
admin-did-app-disabled = Se desactivó una aplicación
admin-did-app-enabled = Se volvió a activar una aplicación
admin-did-app-deleted = Se quitó una aplicación
admin-did-factor-removed = Se quitaron segundos factores
admin-did-two-factor-off = Se desactivó la autenticación de dos factores de una cuenta
admin-did-recovery-code-made = Se creó un código de recuperación para una cuenta
admin-did-invitation-made = Se creó una invitación nueva
admin-did-invitation-renewed = Se creó un enlace nuevo para una invitación
admin-did-invitation-revoked = Se retiró una invitación abierta
admin-did-email-retried = Se reintentó el envío de un correo en espera
admin-did-email-dropped = Se descartó un correo en espera
admin-did-deleted = Se eliminó una cuenta
admin-system-title = Sistema
admin-system-database = Base de datos: { $engine },
admin-system-clock = Reloj de este sitio: { $when }
admin-system-oldest = El más antiguo se escribió: { $when }
admin-system-arrived = Lo que llegó con esta solicitud
admin-system-client = Su dirección IP, tal como la ve este sitio: { $ip }
admin-system-why-reported = La conexión viene de un proxy de confianza, y esto es lo que indica.
admin-system-why-not-reported = La conexión viene de un proxy de confianza, que no envió X-Forwarded-For. Haga que envíe la dirección del visitante.
admin-system-why-not-trusted = Es la de la conexión. No se confía en su X-Forwarded-For, porque no viene de un proxy de confianza.
admin-system-why-direct = Es la de la conexión, que no tiene X-Forwarded-For.
admin-system-peer = La conexión viene de { $ip }.
admin-system-base-url = Los visitantes deberían escribir { $url } (base_url).
admin-system-trust = Todos los visitantes parecen venir de la misma dirección. Si { $ip } es su proxy, añádalo a trusted_proxies.
admin-system-lacks-https = El proxy indica https, pero base_url es { $url }. Ponga en base_url la dirección que escriben los visitantes.
admin-system-settings = Ajustes
admin-system-none-set = Cada ajuste tiene su valor predeterminado.
admin-system-defaults = Ajustes con su valor predeterminado
admin-system-question = Copiar para una pregunta
admin-system-question-hint = Si pide ayuda, añada este texto. No contiene direcciones, nombres ni secretos.


## Administration: notices

notice-admin-logged-out = Se han cerrado todas las sesiones de la cuenta.
notice-admin-device-ended = Se ha cerrado la sesión en el dispositivo.
notice-admin-disabled = Se ha desactivado la cuenta. Se han cerrado todas sus sesiones.
notice-admin-enabled = Se ha vuelto a activar la cuenta. Su titular puede iniciar sesión.
notice-admin-confirmed = Se ha confirmado la dirección de correo.
notice-admin-unlocked = Las contraseñas y códigos incorrectos para esta cuenta ya no cuentan. Los que llegaron de una red siguen contando.
notice-admin-network-unlocked = Las contraseñas y códigos incorrectos de esa red ya no cuentan.
notice-admin-factors-removed = Se han quitado todos los segundos factores. Se han cerrado todas las sesiones.
notice-admin-handle-changed = Se ha guardado el nombre de usuario en las aplicaciones.
notice-admin-link-made = Se ha creado el enlace. Se muestra abajo, una sola vez.
notice-admin-account-made = Se ha creado la cuenta. El enlace para elegir la contraseña se muestra abajo, una sola vez.
notice-admin-deleted = Se ha eliminado la cuenta.
notice-admin-own-account = Esta es su propia cuenta. Cámbiela en la configuración. No se ha cambiado nada.
notice-admin-enable-first = La cuenta está desactivada y ningún enlace funcionaría. Actívela primero.
notice-admin-last = Es el último administrador que puede iniciar sesión. Nombre antes a otro. No se ha cambiado nada.
notice-admin-invitation-made = Se ha creado la invitación.
notice-admin-invitation-mailed = Se ha creado la invitación. Un correo con su enlace está en camino.
notice-admin-invitation-renewed = La invitación tiene un enlace nuevo. El anterior ya no funciona.
notice-admin-invitation-revoked = Se ha retirado la invitación. Su enlace ya no funciona.
notice-admin-invitation-over = Esta invitación ya había terminado. No se ha cambiado nada.
notice-admin-group-created = Se ha creado el grupo.
notice-admin-group-joined = Se ha añadido la cuenta al grupo.
notice-admin-group-left = Se ha quitado la cuenta del grupo.
notice-admin-group-deleted = Se ha eliminado el grupo. Sus miembros ya no están en él.
notice-admin-own-membership = No puede quitarse a sí mismo: otro administrador puede hacerlo. No se ha cambiado nada.
notice-admin-app-created = Se ha añadido la aplicación.
notice-admin-app-changed = Se ha guardado la aplicación. Vale desde la próxima petición.
notice-admin-app-disabled = Se ha desactivado la aplicación. Nadie puede abrirla.
notice-admin-app-enabled = Se ha vuelto a activar la aplicación.
notice-admin-app-removed = Se ha quitado la aplicación. Nadie puede abrirla a través del proxy.
notice-admin-email-retried = El envío se reintentará en menos de un minuto.
notice-admin-email-underway = Puede que el correo se esté enviando ahora mismo. Reinténtelo dentro de cinco minutos si aún espera.
notice-admin-email-gone = Entretanto, el correo se ha enviado o se ha dejado de intentar.
notice-admin-email-dropped = Se ha descartado el correo.
