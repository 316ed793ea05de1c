using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <content>Execution of the training: threads, progress, cancellation, checkpoints and warnings.</content>
public abstract partial class TrainingOptions
{
    /// <summary>
    /// The number of threads for training. Between 0 and 1024; 0 uses all cores. The result does not depend on the number of threads.
    /// Default: 0.
    /// </summary>
    public int NumberOfThreads { get; set; }

    /// <summary>
    /// The random seed of the initial weights, the order of the examples and everything else that is random.
    /// Default: <see langword="null"/>, which draws the seed from the random numbers of the <see cref="Microsoft.ML.MLContext"/>.
    /// </summary>
    /// <remarks>
    /// The same seed and the same data give the same model, for any number of threads and any SIMD width. A processor without fused
    /// multiply-add rounds differently and may give another model. The random numbers of the <see cref="Microsoft.ML.MLContext"/> depend on
    /// the components created with it. The initial weights of layers with 512 units or more differ from those of earlier versions.
    /// </remarks>
    public int? Seed { get; set; }

    /// <summary>
    /// Receives the progress of the training several times per second and at the end of each epoch, on the training thread.
    /// Default: <see langword="null"/>; the log of the <see cref="Microsoft.ML.MLContext"/> always has one line per epoch.
    /// </summary>
    public IProgress<TrainingProgress>? Progress { get; set; }

    /// <summary>Cancels the training. Default: none.</summary>
    /// <remarks>
    /// Training stops after the current batch, reading after at most 256 rows. Training then throws an
    /// <see cref="OperationCanceledException"/>, unless <see cref="KeepModelWhenCancelled"/> is set.
    /// </remarks>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>
    /// Whether a canceled training returns the model trained so far. Default: <see langword="false"/>, which throws an
    /// <see cref="OperationCanceledException"/>.
    /// </summary>
    /// <remarks>
    /// With validation, the model has the weights of the best epoch, once an epoch is complete. Otherwise it has those of the last batch.
    /// Cancellation before the end of the first batch always throws.
    /// </remarks>
    public bool KeepModelWhenCancelled { get; set; }

    /// <summary>
    /// The path of a checkpoint file, from which an interrupted training continues. Default: <see langword="null"/>, no checkpoint.
    /// </summary>
    /// <remarks>
    /// <para>
    /// The training writes its state to the file while it runs and when it is canceled. A trainer with the same options, fitted on the same
    /// data, continues from the file. The final model is the same, bit for bit, as without the interruption. The number of threads may
    /// differ. <see cref="RecurrentOptions.EarlyStoppingPatience"/> may be larger, and so may <see cref="NumberOfEpochs"/> if the schedule
    /// does not depend
    /// on it. If <see cref="Seed"/> is <see langword="null"/>, the seed is read from the file.
    /// </para>
    /// <para>
    /// The folder must exist. A relative path is resolved when the trainer is created. The path must be that of a regular file, a link to
    /// one, or a file that does not exist yet; an empty file, a pipe or a device is refused. Each training needs its own file, so a
    /// checkpoint cannot be used with cross-validation.
    /// </para>
    /// <para>
    /// At the start, the training verifies that it can write the file. If a later write fails, the log has a warning and the training
    /// continues. Each write replaces the whole file. The file remains after the training. While the training runs, there are two more
    /// files in the same folder, with names that start with <c>.MlNetRecurrent-</c>. No other file is touched.
    /// </para>
    /// </remarks>
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// The minimum time between two writes of <see cref="CheckpointPath"/>. If this time is above zero, writes can also occur within an
    /// epoch. At least zero. Default: zero; the file is written after every epoch.
    /// </summary>
    public TimeSpan CheckpointInterval { get; set; }

    /// <summary>
    /// Whether a warning stops the training with an <see cref="InvalidOperationException"/>, except kinds in <see cref="IgnoredWarnings"/>.
    /// Default: <see langword="false"/>; warnings are written to the log of the <see cref="Microsoft.ML.MLContext"/>.
    /// </summary>
    /// <remarks>To see the log, subscribe to the event <see cref="Microsoft.ML.MLContext.Log"/>.</remarks>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>The kinds of warnings that are neither logged nor treated as errors. Default: none.</summary>
    public IReadOnlyList<RecurrentWarning> IgnoredWarnings { get; set; } = [];

    internal WarningPolicy Warnings => new(TreatWarningsAsErrors, IgnoredWarnings);
}
