namespace Aico.Plugins.AzureOpenAI;

/// <summary>The two shapes that Azure's addresses have.</summary>
internal enum AzureApiForm
{
    /// <summary>/openai/v1: the deployment stands in the request as the model.</summary>
    V1,

    /// <summary>/openai/deployments/name with an api-version.</summary>
    Deployments,
}
