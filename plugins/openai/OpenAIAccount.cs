namespace Aico.Plugins.OpenAI;

/// <summary>Who is billed, for keys that belong to several.</summary>
internal static class OpenAIAccount
{
    public static IReadOnlyDictionary<string, string> Headers(string organization, string project)
    {
        var headers = new Dictionary<string, string>();
        if (organization.Length > 0)
        {
            headers["OpenAI-Organization"] = organization;
        }

        if (project.Length > 0)
        {
            headers["OpenAI-Project"] = project;
        }

        return headers;
    }
}
