using System.Collections.Frozen;

namespace Voice.Core.Text;

/// <param name="Finite">Makes a sentence of its own; false of infinitives, gerunds and participles.</param>
/// <param name="Clitic">Its object hangs on it: "llámeme", "hacerlo".</param>
internal readonly record struct SpanishVerb(Valency Valency, bool Finite, bool Infinitive, bool Participle, bool Clitic);

/// <summary>
/// The commonest verbs in all their forms, without accents. Regular forms are made; after '/' stands the stem that takes the stress
/// ("cerrar/cierr": cierro). Forms that are commoner as another word are left out.
/// </summary>
internal static class SpanishVerbs
{
    private const string Alone =
        "funcionar dormir/duerm trabajar viajar llorar caminar correr ocurrir suceder pasar existir nacer morir/muer descansar salir sonar/suen volver/vuelv regresar entrar caer crecer sonreir toser sangrar vomitar respirar nadar bailar llover/lluev nevar/niev madrugar fallar empeorar mejorar tardar aparecer desaparecer " +
        "doler/duel importar bastar sobrar faltar encajar venir/vien levantar acostar/acuest despertar/despiert equivocar marear mudar quejar conectar caducar vencer retrasar asistir participar votar aterrizar despegar cenar desayunar irritar picar fumar servir/sirv descender aparcar ceder brillar arder girar arrancar molestar apetecer coincidir aparcar merendar";

    private const string Either =
        "llamar llegar comer beber pagar leer escribir estudiar escuchar cocinar limpiar lavar conducir manejar abrir cerrar/cierr empezar/empiez comenzar/comienz terminar acabar parar esperar intentar probar/prueb jugar/jueg ganar perder/pierd entender/entiend comprender aprender enseñar recordar/recuerd olvidar ayudar cambiar cancelar pedir/pid ordenar " +
        "reservar preguntar responder contestar hablar cantar subir bajar mover/muev firmar vender alquilar aceptar rechazar confirmar repetir/repit seguir/sig continuar explicar imprimir descargar actualizar reiniciar encender/enciend apagar apuntar facturar reclamar votar mirar sentar registrar marcar colgar/cuelg apretar/apriet desconectar cobrar consultar";

    private const string Object =
        "necesitar querer/quier tener/tien buscar hacer poner tomar llevar traer decir/dig comprar encontrar/encuentr recibir enviar mandar dejar meter sacar coger recoger usar utilizar preferir/prefier recomendar/recomiend permitir ofrecer agradecer solicitar obtener conseguir/consig elegir/elij mostrar/muestr contar/cuent incluir arreglar reparar devolver/devuelv " +
        "romper bloquear añadir agregar quitar revisar comprobar/comprueb verificar saber conocer creer pensar/piens suponer imaginar desear odiar amar evitar mantener resolver/resuelv entregar prestar deber pretender lograr prometer indicar corregir/corrij adjuntar rellenar completar programar organizar preparar visitar invitar acompañar avisar informar proporcionar proponer producir construir crear poseer contener presentar aumentar reducir renovar/renuev ampliar activar contratar tramitar modificar especificar transferir/transfier ingresar depositar retirar gastar ahorrar invertir/inviert poder/pued soler/suel acordar/acuerd";

    private const string Complement = "parecer sentir/sient quedar vivir costar/cuest durar depender consistir resultar tratar referir/refier pertenecer";

    private const string Irregular =
        "soy eres es somos son era eras eramos eran fui fuiste fue fuimos fueron sera seran seria serian sea sean ser sido siendo:ser c,estoy estas esta estamos estan estuve estuvo estuvieron estare estara esten estar estado estando:estar c," +
        "voy vas va vamos van iba ibas ibamos iban vaya vayan ir ido yendo:ir c,tengo tuve tuvo tuvimos tuvieron tendre tendra tendremos tendran tendria tenga tengan tengamos:tener o,hago hice hizo hicimos hicieron hare hara haremos haran haria haga hagan hecho hecha:hacer o," +
        "pude pudo pudieron podre podra podremos podran podria podriamos podrian podrias:poder o,quise quiso quisiera quisieramos quisieran querria querre:querer o,pongo puse puso pusieron pondra pondria ponga pongan puesto puesta pon:poner o," +
        "vengo vine vinieron vendra vendran venga vengan:venir a,dije dijo dijeron dira diran diria diga digan dicho dime:decir o,doy das da damos dan di dio dieron dare dara daria den dado dar dando daba deme dame denos danos:dar o,veo vi vio vieron visto ver ve ves ven vemos viendo veia:ver e,supe supo supieron sabra sabria sepa sepan:saber o," +
        "salgo saldra saldran salga salgan:salir a,traigo traje trajo trajeron traiga:traer o,caigo cayo cayeron caiga:caer a,oigo oye oyo oiga oir oido oyendo:oir e,conduje condujo:conducir e,roto rota:romper o,abierto abierta:abrir e,escrito escrita:escribir e,vuelto:volver a,muerto murio murieron:morir a,resuelto:resolver o,devuelto:devolver o," +
        "pidio pidieron:pedir e,siguio siguieron:seguir e,durmio durmieron:dormir a,sintio sintieron siento siente sienten:sentir c,prefirio:preferir o,conozco:conocer o,ofrezco:ofrecer o,agradezco:agradecer o,parezco:parecer c,leyo leyeron:leer e,creyo:creer o,anduve anduvo:andar a,gusta gustan gustaria gustaba encanta encantan encantaria interesa interesaria:gustar o,apetece:apetecer o,duele duelen dolia:doler a";

    /// <summary>Forms that are nearly always something else.</summary>
    private static readonly FrozenSet<string> Other = SpokenWords.Set(
        "para como sobre entre bajo nada casa vino este de se vista uso llamada entrada salida comida bebida fecha hora parte cerca fuera gusto quiera cena tarde ayudas compras una uno año años tiempo nadas traje di");

    private static readonly FrozenDictionary<string, SpanishVerb> Forms = Make();

    /// <summary>Also forms with pronouns on them: "llamarle", "dígame".</summary>
    public static bool TryGet(string word, out SpanishVerb verb)
    {
        if (Forms.TryGetValue(word, out verb))
        {
            return true;
        }

        foreach (var clitic in (string[])["melo", "mela", "selo", "sela", "noslo", "me", "te", "se", "lo", "la", "los", "las", "le", "les", "nos"])
        {
            if (word.Length >= clitic.Length + 2 && word.EndsWith(clitic, StringComparison.Ordinal) && Forms.TryGetValue(word[..^clitic.Length], out verb) && !verb.Participle)
            {
                verb = verb with { Clitic = true };
                return true;
            }
        }

        return false;
    }

    private static FrozenDictionary<string, SpanishVerb> Make()
    {
        var forms = new Dictionary<string, SpanishVerb>();
        foreach (var entry in Irregular.Split(','))
        {
            var parts = entry.Split(':');
            var valency = parts[1][^1] switch { 'a' => Valency.Alone, 'e' => Valency.Either, 'o' => Valency.Object, _ => Valency.Complement };
            foreach (var form in parts[0].Split(' '))
            {
                Put(form, valency);
            }
        }

        foreach (var (list, valency) in ((string, Valency)[])[(Alone, Valency.Alone), (Either, Valency.Either), (Object, Valency.Object), (Complement, Valency.Complement)])
        {
            foreach (var entry in list.Split(' '))
            {
                var parts = entry.Split('/');
                Conjugate(parts[0], parts.Length > 1 ? parts[1] : parts[0][..^2], valency);
            }
        }

        return forms.ToFrozenDictionary(StringComparer.Ordinal);

        void Conjugate(string infinitive, string stressed, Valency valency)
        {
            var (stem, ar) = (infinitive[..^2], infinitive[^2] == 'a');
            Put(infinitive, valency);
            string[] alike = ar
                ? ["amos", "ais", "aste", "aron", "aba", "abas", "abamos", "aban", "ando", "ado", "ada", "ados", "adas", "ara", "aras", "aran"]
                : ["emos", "imos", "iste", "io", "ieron", "ia", "ias", "iamos", "ian", "iendo", "ido", "ida", "idos", "idas", "iera", "ieran"];
            foreach (var ending in alike.Concat(ar ? ["o"] : []))
            {
                Put(stem + ending, valency, stem);
            }

            foreach (var ending in (string[])["e", "as", "a", "emos", "an", "ia", "iamos", "ian"])
            {
                Put(infinitive + ending, valency);
            }

            foreach (var ending in ar ? (string[])["o", "as", "a", "an"] : ["o", "es", "e", "en"])
            {
                Put(stressed + ending, valency);
            }

            // "pague", "busque", "empiece"; the preterite of the first person is the same in writing without accents.
            foreach (var ending in ar ? (string[])["e", "es", "en"] : ["a", "as", "an"])
            {
                Put((ar ? Soft(stressed) : stressed) + ending, valency);
            }

            Put((ar ? Soft(stem) : stem) + (ar ? "e" : "i"), valency);
        }

        void Put(string form, Valency valency, string stem = "?")
        {
            if (Other.Contains(form))
            {
                return;
            }

            var infinitive = form.Length > 2 && form[^1] == 'r' && form[^2] is 'a' or 'e' or 'i' or 'o' || form == "ir";
            var participle = form is "sido" or "estado" or "ido" or "hecho" or "hecha" or "puesto" or "puesta" or "dicho" or "visto" or "oido" or "roto" or "rota" or "abierto" or "abierta" or "escrito" or "escrita" or "vuelto" or "muerto" or "resuelto" or "devuelto" or "dado"
                || (form.StartsWith(stem, StringComparison.Ordinal) && form[stem.Length..] is "ado" or "ada" or "ados" or "adas" or "ido" or "ida" or "idos" or "idas");
            var gerund = form.EndsWith("ando", StringComparison.Ordinal) || form.EndsWith("iendo", StringComparison.Ordinal) || form.EndsWith("yendo", StringComparison.Ordinal);
            forms.TryAdd(form, new(valency, Finite: !infinitive && !participle && !gerund, infinitive, participle, Clitic: false));
        }
    }

    private static string Soft(string stem) => stem[^1] switch
    {
        'c' => stem[..^1] + "qu",
        'g' => stem + "u",
        'z' => stem[..^1] + "c",
        _ => stem,
    };
}
