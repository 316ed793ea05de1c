namespace MlNetRecurrent.Reproductions.Running;

/// <summary>Networks trained on one data set, and the figures that come of it.</summary>
internal interface IExperiment
{
    /// <summary>The name of the command.</summary>
    string Name { get; }

    string Description { get; }

    /// <summary>The folder of the data set, below that of all.</summary>
    string DataSet { get; }

    IReadOnlyList<Figure> Run(string folder, RunSettings settings, TrainingBars bars);
}
