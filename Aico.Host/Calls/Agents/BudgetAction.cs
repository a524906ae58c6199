namespace Aico.Host.Calls.Agents;

/// <summary>What an organization's spending leads to.</summary>
internal enum BudgetAction
{
    None,

    /// <summary>It is logged and shown.</summary>
    Warn,

    /// <summary>New calls use each chain in the order of price.</summary>
    Cheaper,

    /// <summary>New calls are refused.</summary>
    Block,
}
