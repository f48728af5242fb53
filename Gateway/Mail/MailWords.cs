namespace Voice.Gateway.Mail;

/// <summary>What is said in one kind of mail. A new kind or language is a line here.</summary>
internal sealed record MailWords(string Subject, string[] Paragraphs, string? Action, string Closing)
{
    private static readonly Dictionary<(string Kind, string Language), MailWords> All = new()
    {
        [(MailKind.SignUp, "en")] = new(
            "Finish your sign-up", ["You, or somebody with your address, asked for an account. To finish, follow the link and enter the password that you chose."],
            "Finish signing up", "The link is good for 24 hours and once. If it was not you, do nothing: there is no account."),
        [(MailKind.SignUp, "es")] = new(
            "Complete su registro", ["Usted, o alguien con su dirección, ha solicitado una cuenta. Para terminar, siga el enlace e introduzca la contraseña que eligió."],
            "Completar el registro", "El enlace vale durante 24 horas y una sola vez. Si no fue usted, no haga nada: no hay ninguna cuenta."),
        [(MailKind.SignUp, "ko")] = new(
            "가입을 완료해 주세요", ["이 주소로 계정 가입 요청이 있었습니다. 링크를 열고 가입할 때 정한 비밀번호를 입력하면 가입이 끝납니다."],
            "가입 완료하기", "링크는 24시간 동안 한 번만 쓸 수 있습니다. 요청하신 적이 없다면 그대로 두세요. 계정은 만들어지지 않습니다."),

        [(MailKind.AccountExists, "en")] = new(
            "You have an account already", ["Somebody, probably you, tried to sign up with your address, which has an account already. Sign in with it, or choose a new password if you have forgotten yours."],
            "Go to the sign-in page", "If it was not you, nothing has changed and there is nothing to do."),
        [(MailKind.AccountExists, "es")] = new(
            "Ya tiene una cuenta", ["Alguien, probablemente usted, ha intentado registrarse con su dirección, que ya tiene una cuenta. Inicie sesión o elija una contraseña nueva si la ha olvidado."],
            "Ir a la página de inicio de sesión", "Si no fue usted, nada ha cambiado y no tiene que hacer nada."),
        [(MailKind.AccountExists, "ko")] = new(
            "이미 계정이 있습니다", ["이 주소로 가입하려는 시도가 있었지만 이미 계정이 있습니다. 로그인하시거나, 비밀번호를 잊으셨다면 새로 정하실 수 있습니다."],
            "로그인 페이지로 가기", "본인이 아니라면 바뀐 것은 없으며 하실 일도 없습니다."),

        [(MailKind.PasswordReset, "en")] = new(
            "Choose a new password", ["Follow the link to choose a new password. All devices that are signed in will be signed out."],
            "Choose a new password", "The link is good for one hour and once. If you did not ask for it, do nothing: your password stays as it is."),
        [(MailKind.PasswordReset, "es")] = new(
            "Elija una contraseña nueva", ["Siga el enlace para elegir una contraseña nueva. Se cerrará la sesión en todos los dispositivos."],
            "Elegir una contraseña nueva", "El enlace vale durante una hora y una sola vez. Si no lo ha pedido, no haga nada: su contraseña no cambia."),
        [(MailKind.PasswordReset, "ko")] = new(
            "새 비밀번호를 정해 주세요", ["링크를 열어 새 비밀번호를 정해 주세요. 로그인되어 있는 모든 기기에서 로그아웃됩니다."],
            "새 비밀번호 정하기", "링크는 한 시간 동안 한 번만 쓸 수 있습니다. 요청하신 적이 없다면 그대로 두세요. 비밀번호는 바뀌지 않습니다."),

        [(MailKind.PasswordChanged, "en")] = new(
            "Your password was changed", ["The password of your account was changed, and other devices were signed out."],
            "If it was not you, choose a new one now", "If it was you, there is nothing to do."),
        [(MailKind.PasswordChanged, "es")] = new(
            "Su contraseña ha cambiado", ["Se ha cambiado la contraseña de su cuenta y se ha cerrado la sesión en los demás dispositivos."],
            "Si no fue usted, elija otra ahora", "Si fue usted, no tiene que hacer nada."),
        [(MailKind.PasswordChanged, "ko")] = new(
            "비밀번호가 바뀌었습니다", ["계정의 비밀번호가 바뀌었고 다른 기기에서 로그아웃되었습니다."],
            "본인이 아니라면 지금 새로 정하세요", "본인이 바꾸셨다면 하실 일은 없습니다."),

        [(MailKind.SecondFactorAdded, "en")] = new(
            "A second factor was added", ["Signing in to your account asks for a code from an authenticator app from now on."],
            "If it was not you, choose a new password now", "If it was you, keep the recovery codes in a safe place."),
        [(MailKind.SecondFactorAdded, "es")] = new(
            "Se ha añadido un segundo factor", ["A partir de ahora, al iniciar sesión en su cuenta se pide un código de una aplicación de autenticación."],
            "Si no fue usted, elija otra contraseña ahora", "Si fue usted, guarde los códigos de recuperación en un lugar seguro."),
        [(MailKind.SecondFactorAdded, "ko")] = new(
            "2단계 인증이 추가되었습니다", ["이제 로그인할 때 인증 앱의 코드를 입력해야 합니다."],
            "본인이 아니라면 지금 비밀번호를 바꾸세요", "본인이 추가하셨다면 복구 코드를 안전한 곳에 보관하세요."),

        [(MailKind.SecondFactorRemoved, "en")] = new(
            "The second factor was removed", ["Signing in to your account no longer asks for a code."],
            "If it was not you, choose a new password now", "If it was you, there is nothing to do."),
        [(MailKind.SecondFactorRemoved, "es")] = new(
            "Se ha quitado el segundo factor", ["Al iniciar sesión en su cuenta ya no se pide un código."],
            "Si no fue usted, elija otra contraseña ahora", "Si fue usted, no tiene que hacer nada."),
        [(MailKind.SecondFactorRemoved, "ko")] = new(
            "2단계 인증이 해제되었습니다", ["이제 로그인할 때 코드를 묻지 않습니다."],
            "본인이 아니라면 지금 비밀번호를 바꾸세요", "본인이 해제하셨다면 하실 일은 없습니다."),

        [(MailKind.ProviderLinked, "en")] = new(
            "Another way to sign in was added", ["You can now sign in to your account through another service. The Account page lists which."],
            "If it was not you, choose a new password now", "If it was you, there is nothing to do."),
        [(MailKind.ProviderLinked, "es")] = new(
            "Se ha añadido otra forma de iniciar sesión", ["Ahora puede iniciar sesión en su cuenta a través de otro servicio. La página de la cuenta indica cuál."],
            "Si no fue usted, elija otra contraseña ahora", "Si fue usted, no tiene que hacer nada."),
        [(MailKind.ProviderLinked, "ko")] = new(
            "로그인 방법이 추가되었습니다", ["이제 다른 서비스를 통해서도 로그인할 수 있습니다. 어떤 서비스인지는 계정 페이지에서 볼 수 있습니다."],
            "본인이 아니라면 지금 비밀번호를 바꾸세요", "본인이 추가하셨다면 하실 일은 없습니다."),

        [(MailKind.ProviderUnlinked, "en")] = new(
            "A way to sign in was removed", ["A service through which you could sign in no longer leads into your account."],
            "If it was not you, choose a new password now", "If it was you, there is nothing to do."),
        [(MailKind.ProviderUnlinked, "es")] = new(
            "Se ha quitado una forma de iniciar sesión", ["Un servicio con el que podía iniciar sesión ya no da acceso a su cuenta."],
            "Si no fue usted, elija otra contraseña ahora", "Si fue usted, no tiene que hacer nada."),
        [(MailKind.ProviderUnlinked, "ko")] = new(
            "로그인 방법이 해제되었습니다", ["로그인에 쓰던 서비스 하나로는 더 이상 로그인할 수 없습니다."],
            "본인이 아니라면 지금 비밀번호를 바꾸세요", "본인이 해제하셨다면 하실 일은 없습니다."),

        [(MailKind.Invitation, "en")] = new(
            "{0} invites you", ["{1} invites you to join {0} on VoiceAspire."],
            "Accept the invitation", "The link is good for seven days and once. If you do not know what this is about, do nothing."),
        [(MailKind.Invitation, "es")] = new(
            "{0} le invita", ["{1} le invita a unirse a {0} en VoiceAspire."],
            "Aceptar la invitación", "El enlace vale durante siete días y una sola vez. Si no sabe de qué se trata, no haga nada."),
        [(MailKind.Invitation, "ko")] = new(
            "{0}에서 초대했습니다", ["{1} 님이 VoiceAspire의 {0}에 초대했습니다."],
            "초대 수락하기", "링크는 7일 동안 한 번만 쓸 수 있습니다. 무슨 일인지 모르시겠다면 그대로 두세요."),

        [(MailKind.QuotaWarning, "en")] = new(
            "{0} has used 80 % of a quota", ["{0} may use {1:#,0} {2} this month, and has used four fifths of them."],
            "See the usage", "When all of them are used, what would use more is refused until the month is over (UTC). Conversations that have begun go on."),
        [(MailKind.QuotaWarning, "es")] = new(
            "{0} ha usado el 80 % de una cuota", ["{0} dispone este mes de {1:#,0} {2} y ha usado cuatro quintos."],
            "Ver el consumo", "Cuando se agoten, se rechazará lo que use más hasta que termine el mes (UTC). Las conversaciones ya empezadas continúan."),
        [(MailKind.QuotaWarning, "ko")] = new(
            "{0}의 한도를 80% 사용했습니다", ["{0}은(는) 이번 달에 {1:#,0}{2}까지 쓸 수 있으며 그중 5분의 4를 사용했습니다."],
            "사용량 보기", "한도를 모두 쓰면 이번 달이 끝날 때까지(UTC) 더 쓰는 요청은 거절됩니다. 이미 시작된 대화는 계속됩니다."),

        [(MailKind.QuotaReached, "en")] = new(
            "{0} has used up a quota", ["{0} has used all of the {1:#,0} {2} of this month. What would use more is refused until the month is over (UTC)."],
            "See the usage", "Conversations that have begun go on. Whoever runs the installation can give more."),
        [(MailKind.QuotaReached, "es")] = new(
            "{0} ha agotado una cuota", ["{0} ha usado todos los {1:#,0} {2} de este mes. Lo que use más se rechaza hasta que termine el mes (UTC)."],
            "Ver el consumo", "Las conversaciones ya empezadas continúan. Quien administra la instalación puede ampliar la cuota."),
        [(MailKind.QuotaReached, "ko")] = new(
            "{0}의 한도를 모두 사용했습니다", ["{0}은(는) 이번 달의 {1:#,0}{2}를 모두 사용했습니다. 이번 달이 끝날 때까지(UTC) 더 쓰는 요청은 거절됩니다."],
            "사용량 보기", "이미 시작된 대화는 계속됩니다. 설치를 운영하는 사람이 한도를 늘릴 수 있습니다."),
    };

    public static IEnumerable<(string Kind, string Language)> Known => All.Keys;

    public static MailWords Find(string kind, string language) => All.TryGetValue((kind, language), out var words) ? words : All[(kind, "en")];
}
