using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Aico.Host.Organizations.Agents;

internal sealed record FailureProfile
{
    [Description("How a call ends when no provider of a kind is left: goodbye says failureGoodbye, hangUp says nothing, transfer says it and hands a telephone caller on.")]
    [AllowedValues(null, "goodbye", "hangUp", "transfer")]
    public string? Ending { get; init; }

    [Description("With transfer: a telephone number like +15550100, or a tel: or sip: address.")]
    [RegularExpression(@"^(\+?[0-9][0-9 ]{2,25}|tel:\+?[0-9]{3,20}|sips?:[^\s<>]+)$", ErrorMessage = "Must be a telephone number like +15550100, or a tel: or sip: address.")]
    public string? TransferTo { get; init; }
}
