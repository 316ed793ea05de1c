namespace MlNetRecurrent.Engine.Training;

/// <summary>What a scorer gives beside the outputs.</summary>
[Flags]
internal enum ScoredParts
{
    None = 0,

    /// <summary>What the head of the network reads.</summary>
    Encoding = 1,

    /// <summary>What the last layer with stacks does.</summary>
    StackActions = 2,
}
