using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Providers;

namespace Aico.Host.Tests.Providers;

public class ConditionalSecretTests
{
    private static readonly SettingsModel _model = SettingsModel.Of<VendorSettings>();

    [Test]
    public void A_secret_that_hangs_on_a_setting_is_missing_only_there()
    {
        Problems("""{}""").Should().Equal(("/apiKey", SettingsProblem.MissingSecret));
        Problems("""{"server":"own"}""").Should().BeEmpty();
        Problems("""{}""", ("apiKey", "k")).Should().BeEmpty();
    }

    [Test]
    public void What_a_setting_says_of_another_setting_stays_invalid() =>
        Problems("""{"server":""}""", ("apiKey", "k")).Should().Equal(("/server", SettingsProblem.Invalid));

    private static IEnumerable<(string, SettingsProblem)> Problems(string settings, params (string Name, string Value)[] secrets)
    {
        try
        {
            _model.Bind("vendor", (JsonObject)JsonNode.Parse(settings)!, secrets.ToDictionary(secret => secret.Name, secret => new Secret(secret.Value)));
            return [];
        }
        catch (SettingsException e)
        {
            return [.. e.Errors.Select(error => (error.Pointer, error.Problem))];
        }
    }

    internal sealed record VendorSettings : IValidatableObject
    {
        public string Server { get; init; } = "vendor";

        public Secret? ApiKey { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Server.Length == 0)
            {
                yield return new ValidationResult("Name a server.", [nameof(Server)]);
            }

            if (Server == "vendor" && ApiKey is null)
            {
                yield return new ValidationResult("The secret \"apiKey\" is not set.", [nameof(ApiKey)]);
            }
        }
    }
}
