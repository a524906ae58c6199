using Aico.Abstractions;
using Aico.Plugins.Espeak;

namespace Aico.Plugins.Tests.Espeak;

public class EspeakLanguagesTests
{
    [TestCase("en", "en-us")]
    [TestCase("en-US", "en-us")]
    [TestCase("en_GB", "en-gb")]
    [TestCase("de-AT", "de")]
    [TestCase("DE", "de")]
    [TestCase("pt-BR", "pt-br")]
    [TestCase("pt-PT", "pt")]
    [TestCase("fr-CA", "fr-fr")]
    [TestCase("zh-Hans-CN", "cmn")]
    [TestCase("zh-HK", "yue")]
    [TestCase("es-MX", "es-419")]
    [TestCase("no", "nb")]
    public void Finds_the_voice_of_a_tag(string language, string voice)
    {
        EspeakLanguages.VoiceOf(language).Should().Be(voice);
    }

    [Test]
    public void Has_a_voice_for_every_language_that_it_tells_of()
    {
        foreach (var language in EspeakLanguages.Documented)
        {
            EspeakLanguages.VoiceOf(language).Should().NotBeEmpty();
        }
    }

    [TestCase("xx")]
    [TestCase("")]
    public void Says_so_where_it_does_not_speak_a_language(string language)
    {
        FluentActions.Invoking(() => EspeakLanguages.VoiceOf(language)).Should().Throw<ProviderException>()
            .WithMessage($"espeak-ng has no voice for the language \"{language}\".*").Which.Failure.Should().Be(ProviderFailure.InvalidRequest);
    }
}
