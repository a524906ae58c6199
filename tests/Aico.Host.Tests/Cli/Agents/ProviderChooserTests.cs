using Aico.Abstractions.Plugins;
using Aico.Host.Cli.Agents;
using Aico.Host.Organizations.Variables;
using Aico.Host.Plugins;
using Aico.Host.Providers;

namespace Aico.Host.Tests.Cli.Agents;

public class ProviderChooserTests
{
    [TestCase("openai", "OPENAI_API_KEY")]
    [TestCase("groq", "GROQ_API_KEY")]
    [TestCase("gemini", "GEMINI_API_KEY")]
    [TestCase("gemini", "GOOGLE_API_KEY")]
    [TestCase("anthropic", "ANTHROPIC_API_KEY")]
    [TestCase("azure-openai", "AZURE_OPENAI_API_KEY")]
    [TestCase("deepgram", "DEEPGRAM_API_KEY")]
    [TestCase("elevenlabs", "ELEVENLABS_API_KEY")]
    [TestCase("cartesia", "CARTESIA_API_KEY")]
    public void Takes_the_key_that_the_vendors_own_tools_read(string provider, string variable)
    {
        Choose(provider, (variable, "k-1")).Secrets["apiKey"].Reveal().Should().Be("k-1");
        Choose(provider, (variable, " ")).Secrets.Should().BeEmpty();
    }

    [Test]
    public void Gives_a_key_to_its_own_vendor_only()
    {
        var own = VendorVariable.All.Where(variable => variable.Providers.Contains("groq")).Select(variable => variable.Name);
        (string, string)[] keys = [.. VendorVariable.All.Select(variable => variable.Name).Distinct().Except(own).Select(name => (name, "k-1"))];

        var choice = Choose("groq", keys);

        choice.Secrets.Should().BeEmpty();
        choice.Settings.Should().BeEmpty();
    }

    [Test]
    public void Takes_the_first_of_two_variables_for_one_key() =>
        Choose("gemini", ("GOOGLE_API_KEY", "k-2"), ("GEMINI_API_KEY", "k-1")).Secrets["apiKey"].Reveal().Should().Be("k-1");

    [Test]
    public void Takes_the_address_of_a_resource_from_the_environment_and_the_flag_before_it()
    {
        var set = SettingArgument.Parse("azure-openai.endpoint=https://two.openai.azure.com");

        Choose("azure-openai", ("AZURE_OPENAI_ENDPOINT", "https://one.openai.azure.com")).Settings["endpoint"]!.GetValue<string>().Should().Be("https://one.openai.azure.com");
        Chooser([("AZURE_OPENAI_ENDPOINT", "https://one.openai.azure.com")], set).Choose(ProviderKind.LanguageModel, "azure-openai")
            .Settings["endpoint"]!.GetValue<string>().Should().Be("https://two.openai.azure.com");
    }

    [TestCase("https://api.openai.com/v1", "k-openai")]
    [TestCase("https://eu.api.openai.com/v1", "k-openai")]
    [TestCase("https://api.groq.com/openai/v1", "k-groq")]
    [TestCase("https://notgroq.com/openai/v1", null)]
    [TestCase("http://127.0.0.1:8080", null)]
    [TestCase("whisper", null)]
    public void A_provider_for_several_vendors_gets_the_key_of_the_one_that_its_address_leads_to(string baseUrl, string? key)
    {
        (string, string)[] keys = [("OPENAI_API_KEY", "k-openai"), ("GROQ_API_KEY", "k-groq")];

        var byVariable = Choose("whisper", [.. keys, ("LLM_BASE_URL", baseUrl)]);
        var byFlag = Chooser([.. keys, ("LLM_BASE_URL", "http://elsewhere")], SettingArgument.Parse("whisper.baseUrl=" + baseUrl)).Choose(ProviderKind.LanguageModel, "whisper");

        byVariable.Secrets.GetValueOrDefault("apiKey")?.Reveal().Should().Be(key);
        byFlag.Secrets.GetValueOrDefault("apiKey")?.Reveal().Should().Be(key);
    }

    [TestCase("piper.local", null, "http://piper.local:5000")]
    [TestCase(null, "5001", "http://127.0.0.1:5001")]
    [TestCase("10.0.0.7", "5001", "http://10.0.0.7:5001")]
    public void Host_and_port_name_a_local_server_also_where_the_provider_wants_one_address(string? host, string? port, string address)
    {
        var environment = new[] { ("LLM_HOST", host), ("LLM_PORT", port) }.Where(pair => pair.Item2 is not null).Select(pair => (pair.Item1, pair.Item2!)).ToArray();

        Choose("local", environment).Settings["baseUrl"]!.GetValue<string>().Should().Be(address);
        Choose("local", [.. environment, ("LLM_BASE_URL", "http://proxy:80")]).Settings["baseUrl"]!.GetValue<string>().Should().Be("http://proxy:80");
        Choose("openai", environment).Settings.Should().BeEmpty("it has no such setting");
    }

    [TestCase("0")]
    [TestCase("many")]
    public void A_port_that_is_none_is_refused(string port) =>
        FluentActions.Invoking(() => Choose("local", ("LLM_PORT", port))).Should().Throw<ProviderChoiceException>().WithMessage("LLM_PORT: *");

    [Test]
    public void Warns_of_a_model_whose_end_is_announced()
    {
        var ending = Chooser([("LLM_MODEL", "old")]);
        var lasting = Chooser([("LLM_MODEL", "new")]);
        ending.Choose(ProviderKind.LanguageModel, "openai");
        lasting.Choose(ProviderKind.LanguageModel, "openai");

        ending.Warnings.Should().Equal("openai: the model \"old\" is not served from 2026-12-11 on. Choose another one.");
        lasting.Warnings.Should().BeEmpty();
    }

    private static ProviderChoice Choose(string provider, params (string, string)[] environment) =>
        Chooser(environment).Choose(ProviderKind.LanguageModel, provider);

    private static ProviderChooser Chooser((string Name, string Value)[] environment, params SettingArgument[] settings) =>
        new(Definitions(), environment.ToDictionary(pair => pair.Name, pair => pair.Value), settings);

    private static IReadOnlyList<ProviderDefinition> Definitions()
    {
        var plugin = new LoadedPlugin(new PluginManifest("sample", "1.0.0", "sample.dll", new Version(1, 0)), "", "", null!, null!);
        var registration = new ProviderRegistration(plugin);
        foreach (var key in new[] { "openai", "groq", "gemini", "anthropic", "azure-openai", "deepgram", "elevenlabs", "cartesia" })
        {
            var descriptor = new ProviderDescriptor(key, key, "For tests.") { EndingModels = new Dictionary<string, DateOnly> { ["old"] = new(2026, 12, 11) } };
            registration.AddLanguageModel<KeySettings>(descriptor, new LanguageModelCapabilities(), (_, _) => throw new InvalidOperationException("Choosing makes no provider."));
        }

        registration.AddLanguageModel<LocalSettings>(
            new ProviderDescriptor("local", "local", "For tests."), new LanguageModelCapabilities(), (_, _) => throw new InvalidOperationException("Choosing makes no provider."));
        registration.AddLanguageModel<AnywhereSettings>(
            new ProviderDescriptor("whisper", "whisper", "For tests."), new LanguageModelCapabilities(), (_, _) => throw new InvalidOperationException("Choosing makes no provider."));
        return registration.Complete();
    }

    internal sealed record KeySettings
    {
        public string Model { get; init; } = "";

        public string Endpoint { get; init; } = "";

        public Secret? ApiKey { get; init; }
    }

    internal sealed record AnywhereSettings
    {
        public string BaseUrl { get; init; } = "http://127.0.0.1:8080";

        public Secret? ApiKey { get; init; }
    }

    internal sealed record LocalSettings
    {
        public string BaseUrl { get; init; } = "http://127.0.0.1:5000";
    }
}
