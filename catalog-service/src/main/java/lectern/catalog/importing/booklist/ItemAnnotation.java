package lectern.catalog.importing.booklist;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The meaning of a text in parentheses, recognized in the languages of the lists.
 *
 * @param text the text to keep as a note; blank if the other members express all of it
 * @param archived the link leads to an archived copy
 * @param dead the link no longer works
 * @param inProgress the book is not finished
 * @param signUp whether an email address or an account is required
 */
record ItemAnnotation(String text, boolean archived, boolean dead, boolean inProgress, SignUpRequirement signUp) {

	private static final Pattern SHORTCODE = Pattern.compile(":[a-z0-9_+-]{2,40}+:");

	private static final Set<String> ARCHIVED = Set.of("archived", "archive", "archivado", "archiviert", "archivé",
			"archivée", "arquivado", "archiviato", "архив", "архивная копия", "архівовано", "diarsipkan", "arşivlendi",
			"arşiv", "zarchiwizowane", "archivováno", "archivált", "アーカイブ", "存档", "已归档", "归档", "存檔", "보관됨", "مؤرشف",
			"بایگانی شده", "đã lưu trữ", "arkiverad", "arkiveret", "gearchiveerd", "arkistoitu");

	private static final Set<String> DEAD = Set.of("dead link", "dead", "broken link", "link broken", "enlace roto",
			"enlace caído", "lien mort", "link quebrado", "link morto", "toter link", "не работает", "недоступно",
			"リンク切れ", "已失效", "失效");

	private static final Set<String> IN_PROGRESS = Set.of("draft", "in process", "in progress", "work in progress",
			"wip", "en proceso", "en curso", "en cours", "em processo", "em andamento", "em desenvolvimento",
			"em contínuo desenvolvimento", "in lavorazione", "in corso", "in bearbeitung", "in arbeit", "dalam proses",
			"в процессе", "в процессе написания", "у процесі", "в процесі", "keskeneräinen", "w trakcie", "v procesu",
			"folyamatban", "devam ediyor", "yapım aşamasında", "作成中", "執筆中", "翻译中", "翻譯中", "翻訳中", "编写中", "撰写中", "进行中",
			"進行中", "진행 중", "작성 중", "đang thực hiện", "قيد التطوير", "در حال نگارش", "pågår", "in ontwikkeling");

	/** Words in alphabets are matched whole, so that "conta" does not match "contact". */
	private static final Pattern ACCOUNT = words("e-?mail|correo|courriel|account|cuenta|conta|compte|konto|fiók|akun"
			+ "|hesap|hesab\\p{L}*|kayıt|üyelik|registr\\p{L}*|regisztráci\\p{L}*|rejestracj\\p{L}*|registrierung"
			+ "|inscripción|inscription|iscrizione|sign[ -]?up|log[ -]?in|tài khoản|đăng ký|tili|rekisteröit\\p{L}*"
			+ "|аккаунт\\p{L}*|регистрац\\p{L}*|реєстрац\\p{L}*|учётн\\p{L}*|учетн\\p{L}*|пошт\\p{L}*|почт\\p{L}*|имейл"
			+ "|λογαριασμ\\p{L}*|εγγραφή|акаунт\\p{L}*|облік\\p{L}*|налог|účet|účtu|účtem|nalog|račun|prijava|cont|înregistrare"
			+ "|paskyra|konts|konta|llogari|რეგისტრაცია",
			"注册|註冊|登录|登入|会員|账号|帐号|帳號|邮箱|登録|アカウント|メール|가입|계정|이메일|ثبت ?نام|حساب|تسجيل|חשבון|הרשמה|ईमेल|खाता|खाते|पंजीकरण|খাতা|ইমেইল|নিবন্ধন|অ্যাকাউন্ট|ลงทะเบียน|บัญชี|อีเมล|கணக்கு|மின்னஞ்சல்|ఖాతా|ಖಾತೆ|അക്കൗണ്ട്|اکاؤنٹ|ای میل|ایمیل");

	private static final Pattern REQUIRED = words(
			"requir\\p{L}+|need\\p{L}*|mandatory|requerid[oa]|requiere|necesari[oa]"
					+ "|necessári[oa]|obligatori[oa]|obrigatóri[oa]|requis\\p{L}*|nécessaire|obligatoire|necessari[oa]|obbligatori[oa]"
					+ "|erforderlich|benötigt|notwendig|nötig|szükséges|membutuhkan|diperlukan|perlu|wajib|wymagan\\p{L}*|nutn\\p{L}+"
					+ "|vyžad\\p{L}+|gerekli\\p{L}*|gerekir|cần|требу\\p{L}+|необходим\\p{L}*|нуж[ен]\\p{L}*|потріб\\p{L}*|vaati\\p{L}*"
					+ "|vaaditaan|tarvitaan|vereist|nodig|kræve\\p{L}*|krävs|kreves|απαιτ\\p{L}+|изисква\\p{L}*|potreb\\p{L}*|потреб\\p{L}*|reikaling\\p{L}*|nepieciešam\\p{L}*|vajalik|nødvendig"
					+ "|yêu cầu|cần|kërkohet|necesar\\p{L}*|requerit|საჭიროა",
			"需要|要(?:会員)?登録|需(?:注册|註冊|登录|登入)|必要|必須|必需|必须|필요|필수|نیاز|مطلوب|يتطلب|נדרש|आवश्यक|প্রয়োজন|আবশ্যক|ต้อง|จำเป็น|தேவை|అవసరం|ಅಗತ್ಯ|ആവശ്യ|درکار|لازم");

	private static final Pattern REQUESTED = words(
			"request\\p{L}*|asked|solicit\\p{L}*|pedid[oa]|demandée?|richiest\\p{L}+"
					+ "|erbeten|angefragt|diminta|запрашива\\p{L}+|запросят",
			"求め|요청|要求");

	private static final Pattern NOT_REQUIRED = words(
			"not (?:required|mandatory|needed)|optional|opcional|facultati\\p{L}+"
					+ "|no (?:es )?(?:requerid[oa]|necesari[oa]|obligatori[oa])|não (?:é )?(?:obrigatóri[oa]|necessári[oa])"
					+ "|non (?:requise?|obligatoire|nécessaire|obbligatori[oa]|necessari[oa]|richiest[oa])"
					+ "|nicht (?:erforderlich|notwendig|nötig)|nem szükséges|tidak (?:wajib|diperlukan)|nie jest wymagan[ey]"
					+ "|не (?:требуется|обязательн\\p{L}+|обов\\p{L}+)|необязательн\\p{L}+|zorunlu değil|niet (?:vereist|nodig)",
			"非必须|非必需|任意|선택");

	static ItemAnnotation of(String text) {
		String words = TextSanitizer.clean(SHORTCODE.matcher(text).replaceAll(" "));
		String folded = words.toLowerCase(Locale.ROOT);
		boolean archived = ARCHIVED.contains(folded);
		boolean inProgress = IN_PROGRESS.contains(folded);
		boolean dead = DEAD.contains(folded);
		return new ItemAnnotation((archived || inProgress || dead) ? "" : words,
				archived || text.contains(":card_file_box:"), dead, inProgress || text.contains(":construction:"),
				signUp(words));
	}

	private static SignUpRequirement signUp(String words) {
		if (!ACCOUNT.matcher(words).find()) {
			return SignUpRequirement.NONE;
		}
		if (NOT_REQUIRED.matcher(words).find()) {
			return SignUpRequirement.REQUESTED;
		}
		if (REQUIRED.matcher(words).find()) {
			return SignUpRequirement.REQUIRED;
		}
		return REQUESTED.matcher(words).find() ? SignUpRequirement.REQUESTED : SignUpRequirement.NONE;
	}

	private static Pattern words(String wholeWords, String substrings) {
		return Pattern.compile("(?<!\\p{L})(?:" + wholeWords + ")(?!\\p{L})|" + substrings,
				Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
	}

}
