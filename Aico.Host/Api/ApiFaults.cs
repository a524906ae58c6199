using System.Text.Json.Nodes;
using Aico.Abstractions;
using Aico.Host.Calls.Rooms;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Documents;
using Aico.Host.Organizations.Resolution;
using Aico.Host.Organizations.Secrets;
using Aico.Host.Providers;
using Aico.Host.Storage;
using Microsoft.AspNetCore.Http;

namespace Aico.Host.Api;

/// <summary>What the host's own refusals are on the wire.</summary>
internal static class ApiFaults
{
    /// <summary>Null: the fault is nobody's refusal.</summary>
    public static ApiException? Translate(Exception fault) => fault switch
    {
        ApiException known => known,
        BadHttpRequestException { StatusCode: var status } => new ApiException(ApiProblem.Of(status), fault.Message),
        OrganizationNotFoundException { IsOrganization: true } => new ApiException(ApiProblem.UnknownOrganization, fault.Message),
        OrganizationNotFoundException or StoreNotFoundException => new ApiException(ApiProblem.NotFound, fault.Message),
        UnknownOrganizationException => new ApiException(ApiProblem.UnknownOrganization, fault.Message),
        UnknownProviderException => new ApiException(ApiProblem.UnknownProvider, fault.Message),
        NoProviderException => new ApiException(ApiProblem.NoProvider, fault.Message),
        FileManagedException { File: var file } => new ApiException(ApiProblem.ManagedByFile, fault.Message)
        {
            Members = new Dictionary<string, JsonNode?> { ["file"] = file },
        },
        StoreConflictException { Actual: var actual } => ApiRevision.Conflict(fault.Message, actual),
        SettingsException wrong => Invalid(wrong, ""),
        ProviderException failed => new ApiException(ApiProblem.ProviderFailed, failed.Message)
        {
            Members = new Dictionary<string, JsonNode?> { ["failure"] = ApiJson.Name(failed.Failure) },
        },
        StoreUnavailableException or OrganizationSourceException or SecretUnreadableException =>
            new ApiException(ApiProblem.ConfigurationUnavailable, fault.Message) { RetryAfter = TimeSpan.FromSeconds(5) },
        _ => null,
    };

    /// <summary>Wrong settings, where they stand in the request.</summary>
    /// <param name="wrong">What is wrong.</param>
    /// <param name="at">JSON pointer of the settings in the body.</param>
    public static ApiException Invalid(SettingsException wrong, string at) => new(
        ApiProblem.Invalid,
        wrong.Errors.Count == 1 ? "One field is not valid." : $"{wrong.Errors.Count} fields are not valid.",
        [.. wrong.Errors.Select(error => new ApiFieldError(at + error.Pointer, error.Message))]);

    /// <summary>Runs a change whose settings stand at a place in the body.</summary>
    public static async ValueTask<T> AtAsync<T>(string pointer, Func<ValueTask<T>> change)
    {
        try
        {
            return await change();
        }
        catch (SettingsException e)
        {
            throw Invalid(e, pointer);
        }
    }
}
