using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Aico.Abstractions.Plugins;

namespace SampleStt;

/// <summary>
/// What an organization may set. The host derives the schema, the check and the documentation from it: defaults stand in the
/// initializers, ranges in attributes, and a property of type <see cref="Secret"/> is a secret, which is stored encrypted.
/// </summary>
internal sealed record SampleSttSettings
{
    [Description("The service's address.")]
    [Url]
    public string BaseUrl { get; init; } = "http://127.0.0.1:9000";

    [Description("The key of an account at the service.")]
    [Required]
    public Secret? ApiKey { get; init; }
}
