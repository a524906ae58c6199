namespace Aico.Host.Organizations.Documents;

/// <summary>Where a value comes from.</summary>
internal enum ConfigurationOrigin
{
    /// <summary>The plugin's own default.</summary>
    Default,

    /// <summary>The environment of the host.</summary>
    Environment,

    /// <summary>A JSON file in config/organizations.</summary>
    File,

    /// <summary>Written through the API or the command line, into the store.</summary>
    Api,

    /// <summary>Fetched from another host.</summary>
    Backend,

    /// <summary>The agent's profile, over what the organization has set.</summary>
    Agent,
}
