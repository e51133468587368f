/**
 * What Microsoft's pages say, in Dutch, Italian, Polish, Portuguese and Swedish. The rule for such texts stands in
 * portal-texts.ts.
 */
import type { Phrases } from './phrases.ts';

/** The texts by meaning, the five languages together. */
export const MORE_PORTAL_TEXTS: Phrases = {
  'not-enabled': `niet ingeschakeld voor wachtwoordherstel, niet ingeschakeld voor het resetten van het wachtwoord,
    is niet ingeschakeld, wachtwoordherstel is niet ingeschakeld,
    non è abilitato alla reimpostazione della password, non è abilitato per la reimpostazione della password,
    non è abilitato a reimpostare la password, non è abilitato, non è abilitata,
    nie jest włączone do resetowania hasła, resetowanie hasła nie jest włączone, resetowanie haseł nie jest włączone, nie jest włączone,
    não está habilitado para redefinir a senha, não está habilitada para redefinir a senha, não está habilitado, não está habilitada,
    não está ativada para redefinir a senha, redefinição de senha não está habilitada,
    inte aktiverat för lösenordsåterställning, inte aktiverad för lösenordsåterställning, är inte aktiverat, är inte aktiverad`,
  'contact-your-administrator': `neem contact op met uw beheerder, neem contact op met je beheerder, contact opnemen met de beheerder,
    neem contact op met de beheerder,
    contattare l'amministratore, contatta l'amministratore, contatti l'amministratore, contatta il tuo amministratore,
    contattare il proprio amministratore,
    skontaktuj się z administratorem, skontaktować się z administratorem, proszę skontaktować się z administratorem,
    contate o administrador, contatar o administrador, contacte o administrador, contactar o administrador,
    entre em contato com o administrador, entre em contato com seu administrador,
    kontakta administratören, kontakta din administratör, kontakta administratör`,
  'cannot-reset-own-password': `kunt uw eigen wachtwoord niet opnieuw instellen, kunt uw eigen wachtwoord niet resetten,
    kan je eigen wachtwoord niet resetten,
    impossibile reimpostare la propria password, non puoi reimpostare la tua password, non è possibile reimpostare la propria password,
    nie możesz zresetować własnego hasła, nie można zresetować własnego hasła,
    não pode redefinir sua própria senha, não pode redefinir a própria senha, não é possível redefinir sua senha,
    kan inte återställa ditt eget lösenord, kan inte återställa ditt lösenord`,
  'not-registered': `niet geregistreerd, is niet geregistreerd, niet geregistreerd voor wachtwoordherstel,
    non è registrato, non è registrata, non sei registrato, non è registrato per la reimpostazione della password,
    nie jest zarejestrowany, nie jest zarejestrowana, nie zarejestrowano,
    não está registrado, não está registrada, não está registado, não está registada,
    är inte registrerad, inte registrerad för lösenordsåterställning`,
  'too-many-attempts': `te veel pogingen, te vaak geprobeerd, probeer het over 24 uur opnieuw, 24 uur geblokkeerd,
    troppi tentativi, riprova tra 24 ore, bloccato per 24 ore, bloccata per 24 ore,
    zbyt wiele prób, spróbuj ponownie za 24 godziny, zablokowane na 24 godziny,
    muitas tentativas, tente novamente em 24 horas, bloqueado por 24 horas, bloqueada por 24 horas,
    för många försök, försök igen om 24 timmar, blockerad i 24 timmar`,
  'password-banned': `makkelijk te raden, te makkelijk te raden, verboden wachtwoord, moeilijker te raden,
    facile da indovinare, troppo facile da indovinare, password vietata, più difficile da indovinare,
    łatwe do odgadnięcia, zbyt łatwe do odgadnięcia, zakazane hasło, trudniejsze do odgadnięcia,
    fácil de adivinhar, muito fácil de adivinhar, senha proibida, mais difícil de adivinhar,
    lätt att gissa, för lätt att gissa, förbjudet lösenord, svårare att gissa`,
};
