namespace MlNetRecurrent.Engine.Modules;

/// <summary>How the outputs of all steps become one vector.</summary>
internal enum Pooling
{
    /// <summary>The output after the last step.</summary>
    Last,

    /// <summary>The mean over the steps.</summary>
    Mean,

    /// <summary>The largest value of each unit over the steps.</summary>
    Max,

    /// <summary>The three side by side, in this order (Howard and Ruder 2018, "concat pooling").</summary>
    LastMeanMax,
}
